package io.tidepole.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON into a byte array that grows and is used again. Names and values are trusted to be put in the right
 * order by the caller; texts are escaped here.
 */
public final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000};

    private byte[] bytes;
    private int size;

    public JsonBytes(int capacity) {
        bytes = new byte[capacity];
    }

    public JsonBytes clear() {
        size = 0;
        return this;
    }

    public int size() {
        return size;
    }

    /** Goes back to an earlier size. */
    public void truncate(int earlierSize) {
        size = earlierSize;
    }

    /** The bytes as they stand; valid up to {@link #size}, until the next write. */
    public byte[] array() {
        return bytes;
    }

    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void ensure(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }

    /** ASCII as it is. */
    public JsonBytes raw(String ascii) {
        int length = ascii.length();
        ensure(length);
        for (int i = 0; i < length; i++) {
            bytes[size++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** Bytes as they are. */
    public JsonBytes raw(byte[] source) {
        return raw(source, 0, source.length);
    }

    /** Bytes as they are. */
    public JsonBytes raw(byte[] source, int offset, int length) {
        ensure(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
        return this;
    }

    /** One byte as it is. */
    public JsonBytes put(int value) {
        ensure(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /** A whole number. */
    public JsonBytes number(long value) {
        ensure(20);
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return raw(Long.toString(value));
            }
            bytes[size++] = '-';
            return digits(-value);
        }
        return digits(value);
    }

    private JsonBytes digits(long value) {
        int count = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            count++;
        }
        ensure(count);
        long rest = value;
        for (int i = size + count - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += count;
        return this;
    }

    /** A finite number, such that reading it gives the same double. Up to four decimals take a short way. */
    public JsonBytes number(double value) {
        double magnitude = Math.abs(value);
        if (magnitude < 1e11) {
            for (int decimals = 0; decimals < POWERS.length; decimals++) {
                long scaled = Math.round(magnitude * POWERS[decimals]);
                if ((double) scaled / POWERS[decimals] == magnitude) {
                    return decimal(value < 0, scaled, decimals);
                }
            }
        }
        return raw(Double.toString(value));
    }

    private JsonBytes decimal(boolean negative, long scaled, int decimals) {
        ensure(24);
        if (negative) {
            bytes[size++] = '-';
        }
        digits(scaled / POWERS[decimals]);
        if (decimals > 0) {
            bytes[size++] = '.';
            long fraction = scaled % POWERS[decimals];
            for (int i = decimals - 1; i >= 0; i--) {
                bytes[size++] = (byte) ('0' + fraction / POWERS[i] % 10);
            }
        }
        return this;
    }

    /** A text in quotes, escaped. */
    public JsonBytes text(String text) {
        ensure(text.length() + 2);
        bytes[size++] = '"';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == '"' || c == '\\') {
                escape(c);
            } else if (c < 0x80) {
                put(c);
            } else {
                i = beyondAscii(text, i);
            }
        }
        return put('"');
    }

    private void escape(char c) {
        ensure(6);
        bytes[size++] = '\\';
        if (c == '"' || c == '\\') {
            bytes[size++] = (byte) c;
            return;
        }
        raw("u00");
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
    }

    /** Writes the run of characters that are not ASCII and begins here; returns the index of its last one. */
    private int beyondAscii(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= 0x80) {
            end++;
        }
        raw(text.substring(start, end).getBytes(StandardCharsets.UTF_8));
        return end - 1;
    }
}
