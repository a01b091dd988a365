package io.tidepole.prometheus;

import java.util.Arrays;

/** The samples of one series, in order of time. */
final class Track {
    private long[] timesMillis = new long[256];
    private double[] values = new double[256];
    private int size;

    void add(long timeMicros, double value) {
        if (size == values.length) {
            timesMillis = Arrays.copyOf(timesMillis, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        timesMillis[size] = Math.floorDiv(timeMicros, 1_000);
        values[size++] = value;
    }

    int size() {
        return size;
    }

    long timeMillis(int index) {
        return timesMillis[index];
    }

    double value(int index) {
        return values[index];
    }

    /** A copy of some. */
    double[] values(int from, int until) {
        return Arrays.copyOfRange(values, from, until);
    }
}
