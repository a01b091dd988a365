package io.tidepole.history;

import io.tidepole.window.Aggregate;
import java.util.Arrays;

/** The readings of a window that is being filled, in order of time. */
final class OpenWindow {
    private long[] timesMicros = new long[64];
    private double[] values = new double[64];
    private int size;

    void add(long timeMicros, double value) {
        if (size == values.length) {
            timesMicros = Arrays.copyOf(timesMicros, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        timesMicros[size] = timeMicros;
        values[size++] = value;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The aggregate of its readings, of which there is at least one; it is empty then. */
    Aggregate close(boolean quantiles) {
        Aggregate closed = Aggregate.of(timesMicros, values, size, quantiles);
        size = 0;
        return closed;
    }
}
