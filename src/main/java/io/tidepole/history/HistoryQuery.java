package io.tidepole.history;

import io.tidepole.metric.Selector;
import io.tidepole.window.Stat;
import java.util.List;

/**
 * A question about the past: the windows that end in (from, until].
 *
 * @param selectors at least one
 * @param fromMillis excluded, milliseconds since the epoch
 * @param untilMillis included
 * @param stepMillis length of a window
 * @param stat of each window
 */
public record HistoryQuery(List<Selector> selectors, long fromMillis, long untilMillis, int stepMillis, Stat stat) {
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

    /** The end of the first window. */
    long firstEndMillis() {
        return Math.floorDiv(fromMillis, stepMillis) * stepMillis + stepMillis;
    }

    /** How many windows there are. */
    int windows() {
        return Math.toIntExact(Math.max(0, Math.floorDiv(untilMillis - firstEndMillis(), stepMillis) + 1));
    }
}
