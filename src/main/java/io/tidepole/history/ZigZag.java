package io.tidepole.history;

/** Numbers of either sign as unsigned ones: 0, -1, 1, -2, 2 become 0, 1, 2, 3, 4. */
final class ZigZag {
    private ZigZag() {}

    static long fold(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long unfold(long folded) {
        return (folded >>> 1) ^ -(folded & 1);
    }
}
