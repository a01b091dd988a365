package io.tidepole.window;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import java.util.Comparator;
import java.util.List;

/**
 * Series to be aggregated with each other. Two that name the same selectors in another order are equal.
 *
 * @param select choose the series; sorted
 * @param by says which of them go together
 */
public record Grouping(List<Selector> select, By by) {
    public Grouping {
        select = select.stream()
                .distinct()
                .sorted(Comparator.comparing(Selector::toString))
                .toList();
    }

    /** Whether a series takes part. */
    public boolean matches(SeriesKey key) {
        return select.stream().anyMatch(selector -> selector.matches(key));
    }
}
