package io.tidepole.history;

import java.util.Arrays;

/** Samples of one series in order of time, each time once. Immutable. */
final class Columns {
    static final Columns EMPTY = new Columns(new long[0], new double[0]);

    private final long[] timesMicros;
    private final double[] values;

    private Columns(long[] timesMicros, double[] values) {
        this.timesMicros = timesMicros;
        this.values = values;
    }

    /** A run of columns that are in order already and are not changed from now on. */
    static Columns ofSorted(long[] timesMicros, double[] values) {
        return new Columns(timesMicros, values);
    }

    /** A run of the first samples of two columns in any order, which are copied. Of one time the last one counts. */
    static Columns of(long[] timesMicros, double[] values, int size) {
        long[] times = Arrays.copyOf(timesMicros, size);
        double[] column = Arrays.copyOf(values, size);
        for (int i = 1; i < size; i++) {
            if (times[i] <= times[i - 1]) {
                return sorted(times, column);
            }
        }
        return new Columns(times, column);
    }

    private static Columns sorted(long[] times, double[] values) {
        if (times.length == 1) {
            return new Columns(times, values);
        }
        int half = times.length / 2;
        Columns earlier = of(times, values, half);
        return earlier.overlaidBy(of(
                Arrays.copyOfRange(times, half, times.length),
                Arrays.copyOfRange(values, half, times.length),
                times.length - half));
    }

    /** Both, and where both have a time the other's value. */
    Columns overlaidBy(Columns other) {
        if (size() == 0 || other.size() == 0) {
            return size() == 0 ? other : this;
        }
        long[] times = new long[size() + other.size()];
        double[] column = new double[times.length];
        int size = 0;
        int mine = 0;
        int others = 0;
        while (mine < size() || others < other.size()) {
            boolean takesOther = mine == size() || (others < other.size() && other.time(others) <= time(mine));
            if (takesOther && mine < size() && other.time(others) == time(mine)) {
                mine++;
            }
            times[size] = takesOther ? other.time(others) : time(mine);
            column[size++] = takesOther ? other.value(others++) : value(mine++);
        }
        return new Columns(Arrays.copyOf(times, size), Arrays.copyOf(column, size));
    }

    int size() {
        return timesMicros.length;
    }

    long time(int index) {
        return timesMicros[index];
    }

    double value(int index) {
        return values[index];
    }

    long lastMicros() {
        return timesMicros[timesMicros.length - 1];
    }

    /** The samples from one place to another. */
    Columns part(int from, int until) {
        return from == 0 && until == size()
                ? this
                : new Columns(Arrays.copyOfRange(timesMicros, from, until), Arrays.copyOfRange(values, from, until));
    }

    /** The samples with from <= time < until. */
    Columns between(long fromMicros, long untilMicros) {
        int from = firstFrom(fromMicros);
        return part(from, Math.max(from, firstFrom(untilMicros)));
    }

    /** The place of the first sample that is not before a time. */
    int firstFrom(long micros) {
        int at = Arrays.binarySearch(timesMicros, micros);
        return at >= 0 ? at : -at - 1;
    }

    void scan(long fromMicros, long untilMicros, Samples.Visitor visitor) {
        for (int i = firstFrom(fromMicros); i < size() && timesMicros[i] < untilMicros; i++) {
            visitor.sample(timesMicros[i], values[i]);
        }
    }

    long[] timesMicros() {
        return timesMicros;
    }

    double[] values() {
        return values;
    }
}
