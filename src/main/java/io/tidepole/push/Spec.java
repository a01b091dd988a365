package io.tidepole.push;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Stat;
import java.util.List;

/**
 * What one subscription asks for. Two that ask for the same in another order are equal.
 *
 * @param select sorted
 * @param intervalMillis of the windows, 0 for every reading
 * @param stat of each window
 */
record Spec(List<Selector> select, int intervalMillis, Stat stat) {
    Spec {
        select = select.stream()
                .distinct()
                .sorted(java.util.Comparator.comparing(Selector::toString))
                .toList();
    }

    boolean matches(SeriesKey key) {
        for (Selector selector : select) {
            if (selector.matches(key)) {
                return true;
            }
        }
        return false;
    }
}
