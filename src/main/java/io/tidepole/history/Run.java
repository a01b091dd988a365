package io.tidepole.history;

import io.tidepole.window.Aggregate;
import java.util.Arrays;

/** Samples of one series in order of time, in two columns that grow. */
final class Run {
    private long[] timesMicros = new long[256];
    private double[] values = new double[256];
    private int size;

    void add(long timeMicros, double value) {
        if (size == timesMicros.length) {
            timesMicros = Arrays.copyOf(timesMicros, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        timesMicros[size] = timeMicros;
        values[size++] = value;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    long timeMicros(int index) {
        return timesMicros[index];
    }

    double value(int index) {
        return values[index];
    }

    /** The aggregate of its samples, of which there is at least one; it is empty then. */
    Aggregate close(boolean quantiles) {
        Aggregate closed = Aggregate.of(timesMicros, values, size, quantiles);
        size = 0;
        return closed;
    }
}
