package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Folds samples, or windows of a tier, in order of time into the windows of a query: the same arithmetic as that of
 * windows that are sent live.
 */
final class Fold {
    private final HistoryQuery query;
    private final boolean counter;
    private final @Nullable Aggregate[] windows;
    private final Run readings = new Run();
    private int open = -1;
    /** The reading before the open window. */
    private long beforeMicros = Long.MIN_VALUE;

    private double before;

    Fold(HistoryQuery query, Descriptor.Kind kind) {
        this.query = query;
        this.counter = kind == Descriptor.Kind.COUNTER;
        this.windows = new Aggregate[query.windows()];
    }

    void sample(long timeMicros, double value) {
        int index = query.windowOf(Math.floorDiv(timeMicros, 1_000));
        if (index != open) {
            close();
            open = index;
        }
        readings.add(timeMicros, value);
    }

    /** A window of a tier, which lies within one of the query's. */
    void window(long endMillis, Aggregate aggregate) {
        close();
        put(query.windowOf(endMillis - 1), aggregate);
    }

    private void close() {
        if (!readings.isEmpty()) {
            put(open, readings.close(query.stat().isQuantile()));
        }
    }

    private void put(int index, Aggregate aggregate) {
        if (index >= 0 && index < windows.length) {
            Aggregate counted = isUncounted(aggregate) ? aggregate.following(beforeMicros, before) : aggregate;
            Aggregate earlier = windows[index];
            windows[index] = earlier == null ? counted : earlier.merge(counted);
        }
        beforeMicros = aggregate.lastMicros();
        before = aggregate.last();
    }

    /** Whether a counter's growth since the reading before is missing. */
    private boolean isUncounted(Aggregate aggregate) {
        return counter && beforeMicros != Long.MIN_VALUE && aggregate.sinceMicros() == aggregate.firstMicros();
    }

    /** All windows; null where one is empty. */
    @Nullable
    Aggregate[] windows() {
        close();
        return windows;
    }
}
