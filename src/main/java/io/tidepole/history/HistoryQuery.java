package io.tidepole.history;

import io.tidepole.metric.Selector;
import io.tidepole.window.By;
import io.tidepole.window.Interval;
import io.tidepole.window.Stat;
import java.util.List;
import java.util.Optional;

/**
 * A question about the past: the windows that end in (from, until].
 *
 * @param selectors at least one
 * @param fromMillis excluded, milliseconds since the epoch
 * @param untilMillis included
 * @param stepMillis length of a window
 * @param stat of each window
 * @param by what series are aggregated by, if they are
 */
public record HistoryQuery(
        List<Selector> selectors, long fromMillis, long untilMillis, int stepMillis, Stat stat, Optional<By> by) {
    /** Windows that an answer has at most, for each series. */
    public static final int MAX_WINDOWS = 20_000;

    public HistoryQuery {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("select is missing");
        }
        if (stepMillis <= 0) {
            throw new IllegalArgumentException("step must be greater than 0");
        }
        if (untilMillis < fromMillis) {
            throw new IllegalArgumentException("until lies before from");
        }
        if ((untilMillis - fromMillis) / stepMillis > MAX_WINDOWS) {
            throw new IllegalArgumentException(
                    "more than " + MAX_WINDOWS + " windows; ask for a greater step or a shorter range");
        }
    }

    /** One whose series stand each for itself. */
    public HistoryQuery(List<Selector> selectors, long fromMillis, long untilMillis, int stepMillis, Stat stat) {
        this(selectors, fromMillis, untilMillis, stepMillis, stat, Optional.empty());
    }

    /** The end of the first window. */
    long firstEndMillis() {
        return Interval.windowEnd(fromMillis, stepMillis);
    }

    /** How many windows there are. */
    int windows() {
        return Math.toIntExact(Math.max(0, Math.floorDiv(untilMillis - firstEndMillis(), stepMillis) + 1));
    }

    /** The end of one of them. */
    long endMillis(int window) {
        return firstEndMillis() + (long) window * stepMillis;
    }

    /** Which of them holds a time; not one of them if it lies outside. */
    int windowOf(long timeMillis) {
        long window = (Interval.windowEnd(timeMillis, stepMillis) - firstEndMillis()) / stepMillis;
        return (int) Math.max(-1, Math.min(window, Integer.MAX_VALUE));
    }

    /** The start of the first window. */
    long startMicros() {
        return (firstEndMillis() - stepMillis) * 1_000;
    }

    /** The end of the last window. */
    long stopMicros() {
        return startMicros() + 1_000L * windows() * stepMillis;
    }
}
