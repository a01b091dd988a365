package io.tidepole.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over a message in the protocol buffers wire format (protobuf.dev, Encoding), field by field, without copying.
 * Throws IndexOutOfBoundsException or IllegalArgumentException for what is none.
 */
final class Proto {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;
    private static final int MAX_ALONE = 4_096;

    private final byte[] bytes;
    private final int begin;
    private final int end;
    private int at;
    private int field;
    private int wireType;
    private long number;
    private int start;
    private int length;

    Proto(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private Proto(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.begin = start;
        this.at = start;
        this.end = end;
    }

    /** The same message from its beginning. */
    Proto again() {
        return new Proto(bytes, begin, end);
    }

    /** Goes to the next field; false at the end. */
    boolean next() {
        if (at >= end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) tag & 7;
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED64 -> number = fixed(8);
            case FIXED32 -> number = fixed(4);
            case BYTES -> {
                long size = varint();
                if (size < 0 || size > end - at) {
                    throw new IllegalArgumentException("a field is longer than its message");
                }
                start = at;
                length = (int) size;
                at += length;
            }
            default -> throw new IllegalArgumentException("wire type " + wireType);
        }
        return true;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = byteAt();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    private long fixed(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (byteAt() & 0xffL) << (8 * i);
        }
        return value;
    }

    private byte byteAt() {
        if (at >= end) {
            throw new IllegalArgumentException("the message breaks off");
        }
        return bytes[at++];
    }

    int field() {
        return field;
    }

    /** A whole number, of whatever wire type. */
    long integer() {
        return number;
    }

    /** A double. */
    double real() {
        require(FIXED64);
        return Double.longBitsToDouble(number);
    }

    String text() {
        require(BYTES);
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }

    /** A whole number in zigzag form: sint32. */
    int signed() {
        return (int) (number >>> 1) ^ -(int) (number & 1);
    }

    /** Appends a repeated fixed64 or double, packed or alone, as its bits. */
    long[] appendFixed(long[] before) {
        if (wireType == FIXED64) {
            return append(before, number);
        }
        require(BYTES);
        if (length % 8 != 0) {
            throw new IllegalArgumentException("field " + field + " has an odd length");
        }
        long[] all = Arrays.copyOf(before, before.length + length / 8);
        Proto packed = message();
        for (int i = before.length; i < all.length; i++) {
            all[i] = packed.fixed(8);
        }
        return all;
    }

    /** Appends a repeated varint, packed or alone. */
    long[] appendVarints(long[] before) {
        if (wireType == VARINT) {
            return append(before, number);
        }
        long[] all = Arrays.copyOf(before, before.length + length);
        int size = before.length;
        for (Proto packed = message(); packed.at < packed.end; size++) {
            all[size] = packed.varint();
        }
        return Arrays.copyOf(all, size);
    }

    private static long[] append(long[] before, long value) {
        if (before.length >= MAX_ALONE) {
            throw new IllegalArgumentException("too many values that are not packed");
        }
        long[] all = Arrays.copyOf(before, before.length + 1);
        all[before.length] = value;
        return all;
    }

    /** A message within this one. */
    Proto message() {
        require(BYTES);
        return new Proto(bytes, start, start + length);
    }

    /** Goes to the next field of this number; false if there is none. */
    boolean next(int wanted) {
        while (next()) {
            if (field == wanted) {
                return true;
            }
        }
        return false;
    }

    private void require(int wanted) {
        if (wireType != wanted) {
            throw new IllegalArgumentException("field " + field + " has another type");
        }
    }
}
