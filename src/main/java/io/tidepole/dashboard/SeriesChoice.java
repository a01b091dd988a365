package io.tidepole.dashboard;

import io.tidepole.metric.Selector;
import io.tidepole.window.Stat;
import java.util.List;

/**
 * Which series a panel shows, and how they are named.
 *
 * @param select chooses the series
 * @param stat of each window
 * @param by labels over whose values series are put together; empty to show each by itself
 * @param unit shown in place of the series' own; empty for that one
 * @param label the name in the legend, with {@code {{label}}} for the value of a label; empty for a short one
 * @param below whether a mirrored panel draws it below zero
 */
record SeriesChoice(Selector select, Stat stat, List<String> by, String unit, String label, boolean below) {
    SeriesChoice {
        by = List.copyOf(by);
    }
}
