package io.tidepole.window;

import java.util.Arrays;

/**
 * The aggregates of one window length, for all series that had readings in that window. Immutable.
 *
 * @see Tick
 */
public final class Pane {
    private final int intervalMillis;
    private final Series[] series;
    private final Aggregate[] aggregates;

    /** A pane of the first {@code size} entries of both arrays, which are copied. */
    public Pane(int intervalMillis, Series[] series, Aggregate[] aggregates, int size) {
        this.intervalMillis = intervalMillis;
        this.series = Arrays.copyOf(series, size);
        this.aggregates = Arrays.copyOf(aggregates, size);
    }

    public int intervalMillis() {
        return intervalMillis;
    }

    public int size() {
        return series.length;
    }

    public Series series(int entry) {
        return series[entry];
    }

    public Aggregate aggregate(int entry) {
        return aggregates[entry];
    }
}
