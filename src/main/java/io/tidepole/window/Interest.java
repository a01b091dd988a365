package io.tidepole.window;

import io.tidepole.metric.Selector;
import java.util.Set;

/**
 * What someone watches.
 *
 * @param intervalsMillis window lengths: a subset of the list in {@link Interval}, without 0
 * @param quantiles choose the series of which quantiles are wanted
 */
public record Interest(Set<Integer> intervalsMillis, Set<Selector> quantiles) {
    public Interest {
        quantiles = Set.copyOf(quantiles);
        intervalsMillis = Set.copyOf(intervalsMillis);
    }
}
