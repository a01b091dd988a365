package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Which hours samples belong to. */
final class Hours {
    static final long HOUR_MILLIS = 3_600_000;
    private static final long HOUR_MICROS = HOUR_MILLIS * 1_000;

    private Hours() {}

    /**
     * Starts of the hours whose windows change with these samples, milliseconds since the epoch: those that hold them,
     * and for a counter those that count from them.
     */
    static NavigableSet<Long> touched(Descriptor series, Columns run) {
        TreeSet<Long> starts = new TreeSet<>();
        long reach = series.kind() == Descriptor.Kind.COUNTER ? TierFold.LOOK_BACK_MICROS : 0;
        long last = Long.MIN_VALUE;
        long lastReached = Long.MIN_VALUE;
        for (int i = 0; i < run.size(); i++) {
            long start = startOf(run.time(i));
            long reached = startOf(run.time(i) + reach);
            if (start != last || reached != lastReached) {
                starts.add(start);
                starts.add(reached);
            }
            last = start;
            lastReached = reached;
        }
        return starts;
    }

    private static long startOf(long micros) {
        return Math.floorDiv(micros, HOUR_MICROS) * HOUR_MILLIS;
    }
}
