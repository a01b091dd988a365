package io.tidepole.history;

import io.tidepole.window.Aggregate;
import java.util.Map;
import java.util.TreeMap;

/** Folds samples in order of time into the windows of one tier. */
final class TierFold implements Samples.Visitor {
    /** How far before an hour a counter looks for the reading that it counts from. */
    static final long LOOK_BACK_MICROS = 120_000_000;

    private static final long HOUR_MICROS = 3_600_000_000L;

    private final long lengthMicros;
    private final long fromMicros;
    private final boolean counter;
    private final TreeMap<Long, Aggregate> windows = new TreeMap<>();
    private long lastMicros = Long.MIN_VALUE;
    private double last;

    /** Windows that start at this time or later; samples before it only say where a counter stood. */
    TierFold(Archive.Tier tier, long fromMicros, boolean counter) {
        this.lengthMicros = tier.lengthMillis() * 1_000L;
        this.fromMicros = fromMicros;
        this.counter = counter;
    }

    @Override
    public void sample(long timeMicros, double value) {
        if (timeMicros >= fromMicros) {
            Aggregate reading = counter && lastMicros >= reachMicros(timeMicros)
                    ? Aggregate.following(lastMicros, last, timeMicros, value)
                    : Aggregate.of(timeMicros, value);
            windows.merge(Math.floorDiv(timeMicros, lengthMicros) * lengthMicros, reading, Aggregate::merge);
        }
        lastMicros = timeMicros;
        last = value;
    }

    /** The oldest reading that one at this time counts from, whichever hours are computed together. */
    private static long reachMicros(long timeMicros) {
        return Math.floorDiv(timeMicros, HOUR_MICROS) * HOUR_MICROS - LOOK_BACK_MICROS;
    }

    /** By their start in microseconds. */
    Map<Long, Aggregate> windows() {
        return windows;
    }
}
