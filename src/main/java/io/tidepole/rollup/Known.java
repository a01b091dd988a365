package io.tidepole.rollup;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Series;

/** A series that has readings in some window, or had some within the last hour. */
final class Known {
    final Series series;
    final boolean counter;
    long seenMillis;
    boolean wantsQuantiles;
    /** No tick has told of it yet. */
    boolean fresh = true;
    /** The newest reading of the windows that are sealed: where a counter stood. */
    private long sealedMicros = Long.MIN_VALUE;

    private double sealedValue;

    Known(Series series) {
        this.series = series;
        this.counter = series.descriptor().kind() == Descriptor.Kind.COUNTER;
    }

    int index() {
        return series.index();
    }

    void sealed(long timeMicros, double value) {
        if (timeMicros > sealedMicros) {
            sealedMicros = timeMicros;
            sealedValue = value;
        }
    }

    boolean hasSealed() {
        return sealedMicros != Long.MIN_VALUE;
    }

    long sealedMicros() {
        return sealedMicros;
    }

    double sealedValue() {
        return sealedValue;
    }
}
