package io.tidepole.history;

import io.tidepole.metric.Descriptor;
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
    private final Run readings = new Run();
    private long startMicros;
    private long endMicros = Long.MIN_VALUE;
    /** The reading that a counter's open window counts from. */
    private long beforeMicros;

    private double before;
    private long lastMicros = Long.MIN_VALUE;
    private double last;

    /** Windows that start at this time or later; samples before it only say where a counter stood. */
    TierFold(Archive.Tier tier, long fromMillis, Descriptor.Kind kind) {
        this.lengthMicros = tier.lengthMillis() * 1_000L;
        this.fromMicros = fromMillis * 1_000;
        this.counter = kind == Descriptor.Kind.COUNTER;
    }

    @Override
    public void sample(long timeMicros, double value) {
        if (timeMicros >= fromMicros) {
            if (timeMicros >= endMicros) {
                close();
                startMicros = Math.floorDiv(timeMicros, lengthMicros) * lengthMicros;
                endMicros = startMicros + lengthMicros;
                beforeMicros = counter && lastMicros >= reachMicros(timeMicros) ? lastMicros : Long.MIN_VALUE;
                before = last;
            }
            readings.add(timeMicros, value);
        }
        lastMicros = timeMicros;
        last = value;
    }

    /** The oldest reading that one at this time counts from, whichever hours are computed together. */
    private static long reachMicros(long timeMicros) {
        return Math.floorDiv(timeMicros, HOUR_MICROS) * HOUR_MICROS - LOOK_BACK_MICROS;
    }

    private void close() {
        if (!readings.isEmpty()) {
            Aggregate closed = readings.close(false);
            windows.put(startMicros, beforeMicros == Long.MIN_VALUE ? closed : closed.following(beforeMicros, before));
        }
    }

    /** By their start in microseconds. */
    Map<Long, Aggregate> windows() {
        close();
        return windows;
    }
}
