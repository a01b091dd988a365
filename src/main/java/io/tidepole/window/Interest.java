package io.tidepole.window;

import io.tidepole.metric.Selector;
import java.util.Map;
import java.util.Set;

/**
 * What someone watches.
 *
 * @param intervalsMillis window lengths: a subset of the list in {@link Interval}, without 0
 * @param quantiles choose the series of which quantiles are wanted
 * @param groupings what is aggregated across series, and into windows of which lengths
 */
public record Interest(Set<Integer> intervalsMillis, Set<Selector> quantiles, Map<Grouping, Set<Integer>> groupings) {
    public Interest {
        groupings = Map.copyOf(groupings);
        quantiles = Set.copyOf(quantiles);
        intervalsMillis = Set.copyOf(intervalsMillis);
    }

    /** Nothing is aggregated across series. */
    public Interest(Set<Integer> intervalsMillis, Set<Selector> quantiles) {
        this(intervalsMillis, quantiles, Map.of());
    }
}
