package io.tidepole.history;

import io.tidepole.metric.Selector;
import java.util.List;

/**
 * A question for the shape of lines: so many points of each, chosen such that they look as all of them do.
 *
 * @param selectors at least one
 * @param fromMillis included, milliseconds since the epoch
 * @param untilMillis excluded
 * @param points of each line at most, beside those that mark its gaps
 */
public record LineQuery(List<Selector> selectors, long fromMillis, long untilMillis, int points) {
    /** Lines in an answer at most. */
    static final int MAX_LINES = 100;

    private static final int MIN_POINTS = 3;

    public LineQuery {
        selectors = List.copyOf(selectors);
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("select is missing");
        }
        if (untilMillis < fromMillis) {
            throw new IllegalArgumentException("until lies before from");
        }
        if (points < MIN_POINTS || points > HistoryQuery.MAX_WINDOWS) {
            throw new IllegalArgumentException("points is " + MIN_POINTS + " to " + HistoryQuery.MAX_WINDOWS);
        }
    }
}
