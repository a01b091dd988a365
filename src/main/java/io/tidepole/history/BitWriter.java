package io.tidepole.history;

import java.util.Arrays;

/** Writes bits, the most significant first. */
final class BitWriter {
    private byte[] bytes;
    private int bits;

    BitWriter(int expectedBytes) {
        bytes = new byte[Math.max(16, expectedBytes)];
    }

    /** Writes the lowest bits of a value, 0 to 64 of them. */
    void put(long value, int count) {
        int needed = (bits + count + 7) >>> 3;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, needed * 2);
        }
        for (int left = count; left > 0; ) {
            int free = 8 - (bits & 7);
            int taken = Math.min(free, left);
            long piece = (value >>> (left - taken)) & ((1L << taken) - 1);
            bytes[bits >>> 3] |= (byte) (piece << (free - taken));
            bits += taken;
            left -= taken;
        }
    }

    /** Writes a number in as few bits as it has, after 7 bits that say how many. */
    void putNumber(long value) {
        long folded = ZigZag.fold(value);
        int width = 64 - Long.numberOfLeadingZeros(folded);
        put(width, 7);
        put(folded, width);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, (bits + 7) >>> 3);
    }
}
