package io.tidepole.window;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Series to be aggregated with each other. Two that name the same selectors in another order are equal.
 *
 * @param select choose the series; sorted
 * @param by says which of them go together
 * @param within only those that one of these chooses too; absent for no such bound
 */
public record Grouping(List<Selector> select, By by, Optional<List<Selector>> within) {
    public Grouping {
        select = select.stream()
                .distinct()
                .sorted(Comparator.comparing(Selector::toString))
                .toList();
    }

    /** All that are chosen take part. */
    public Grouping(List<Selector> select, By by) {
        this(select, by, Optional.empty());
    }

    /** Whether a series takes part. */
    public boolean matches(SeriesKey key) {
        return chooses(select, key) && (within.isEmpty() || chooses(within.get(), key));
    }

    private static boolean chooses(List<Selector> selectors, SeriesKey key) {
        return selectors.stream().anyMatch(selector -> selector.matches(key));
    }
}
