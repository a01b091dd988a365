package io.tidepole.window;

import io.tidepole.metric.Descriptor;
import java.util.List;

/**
 * The aggregates of one window length across series. Immutable.
 *
 * @param intervalMillis length of the window
 * @param grouping says which series went together
 * @param groups as series of their own, by {@link By#group}
 * @param aggregates of each
 */
public record GroupedPane(int intervalMillis, Grouping grouping, List<Descriptor> groups, List<Aggregate> aggregates) {
    public GroupedPane {
        groups = List.copyOf(groups);
        aggregates = List.copyOf(aggregates);
        if (groups.size() != aggregates.size()) {
            throw new IllegalArgumentException(groups.size() + " groups, " + aggregates.size() + " aggregates");
        }
    }
}
