package io.tidepole.push;

import io.tidepole.auth.ReadRights;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.By;
import io.tidepole.window.Grouping;
import io.tidepole.window.Stat;
import java.util.List;
import java.util.Optional;

/**
 * What one subscription asks for. Two that ask for the same in another order are equal.
 *
 * @param select sorted
 * @param intervalMillis of the windows, 0 for every reading
 * @param stat of each window
 * @param by aggregates across series, if it is there
 * @param rights of whoever asks: nothing else is chosen, nor aggregated
 */
record Spec(List<Selector> select, int intervalMillis, Stat stat, Optional<By> by, ReadRights rights) {
    Spec {
        select = select.stream()
                .distinct()
                .sorted(java.util.Comparator.comparing(Selector::toString))
                .toList();
    }

    /** What has to be aggregated across series for it. */
    Optional<Grouping> grouping() {
        return by.map(labels ->
                new Grouping(select, labels, rights.everything() ? Optional.empty() : Optional.of(rights.select())));
    }

    /** Whether a series is wanted, or a group of them as a series of its own. */
    boolean wants(Descriptor descriptor, Optional<Grouping> madeFrom) {
        return by.isPresent()
                ? madeFrom.isPresent() && madeFrom.equals(grouping())
                : madeFrom.isEmpty() && matches(descriptor.key());
    }

    /** The same for somebody else. */
    Spec with(ReadRights others) {
        return new Spec(select, intervalMillis, stat, by, others);
    }

    private boolean matches(SeriesKey key) {
        if (!rights.test(key)) {
            return false;
        }
        for (Selector selector : select) {
            if (selector.matches(key)) {
                return true;
            }
        }
        return false;
    }
}
