package io.tidepole.device;

import java.util.Arrays;

/** The last few of some numbers. */
final class Recent {
    private static final int KEPT = 8;

    private final long[] values = new long[KEPT];
    private int count;

    void add(long value) {
        values[count % KEPT] = value;
        count = count + 1 == 2 * KEPT ? KEPT : count + 1;
    }

    int size() {
        return Math.min(count, KEPT);
    }

    /** The middle one: one that stands out does not move it. Needs at least one. */
    long median() {
        long[] sorted = Arrays.copyOf(values, size());
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** Needs at least one. */
    long max() {
        return Arrays.stream(values, 0, size()).max().orElseThrow();
    }
}
