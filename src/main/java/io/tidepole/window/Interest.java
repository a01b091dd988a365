package io.tidepole.window;

import java.util.Set;

/**
 * Which window lengths someone watches.
 *
 * @param intervalsMillis a subset of the list in {@link Interval}, without 0
 */
public record Interest(Set<Integer> intervalsMillis) {
    public Interest {
        intervalsMillis = Set.copyOf(intervalsMillis);
    }
}
