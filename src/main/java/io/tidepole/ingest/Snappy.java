package io.tidepole.ingest;

import java.util.Arrays;

/** Inflates Snappy's block format (google/snappy, format_description.txt), no further than allowed. */
final class Snappy {
    private final byte[] in;
    private int at;
    private byte[] out = new byte[0];
    private int size;

    private Snappy(byte[] in) {
        this.in = in;
    }

    static byte[] inflate(byte[] compressed, long maxBytes) throws RefusedException {
        try {
            return new Snappy(compressed).inflate(maxBytes);
        } catch (IndexOutOfBoundsException broken) {
            throw new RefusedException(400, "bad_snappy", "the body is not readable as a Snappy block");
        }
    }

    private byte[] inflate(long maxBytes) throws RefusedException {
        long length = varint();
        if (length > maxBytes) {
            throw Body.tooLarge(maxBytes);
        }
        // A copy of 64 bytes takes at least two, so that nothing honest is longer than this.
        if (length > 64L * in.length) {
            throw new IndexOutOfBoundsException();
        }
        out = new byte[(int) length];
        while (at < in.length) {
            int tag = in[at++] & 0xff;
            switch (tag & 3) {
                case 0 -> literal(tag >>> 2);
                case 1 -> copy((tag >>> 2 & 7) + 4, (tag >>> 5) << 8 | number(1));
                case 2 -> copy((tag >>> 2) + 1, number(2));
                default -> copy((tag >>> 2) + 1, number(4));
            }
        }
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            byte next = in[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IndexOutOfBoundsException();
    }

    private int number(int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at++] & 0xff) << (8 * i);
        }
        return value;
    }

    private void literal(int code) {
        int length = (code < 60 ? code : number(code - 59)) + 1;
        if (length < 0) {
            throw new IndexOutOfBoundsException();
        }
        System.arraycopy(in, at, out, size, length);
        at += length;
        size += length;
    }

    /** Source and target may overlap: what was just written is read again. */
    private void copy(int length, int offset) {
        if (offset <= 0 || offset > size) {
            throw new IndexOutOfBoundsException();
        }
        for (int i = 0; i < length; i++) {
            out[size] = out[size - offset];
            size++;
        }
    }
}
