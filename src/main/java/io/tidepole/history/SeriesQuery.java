package io.tidepole.history;

import io.tidepole.metric.Selector;
import java.util.List;
import java.util.Locale;

/**
 * A question for one page of the list of series, which is sorted by key.
 *
 * @param selectors a series is chosen by any of them; none choose all
 * @param words all of which stand somewhere in the key or the unit, whatever their case
 * @param limit series on the page, 1 to {@value #MAX_LIMIT}
 * @param after the key after which the page begins; empty for the first page
 * @param nowMillis milliseconds since the epoch
 */
public record SeriesQuery(List<Selector> selectors, List<String> words, int limit, String after, long nowMillis) {
    public static final int MAX_LIMIT = 1_000;

    private static final Selector ALL = Selector.parse("{__name__=~\".+\"}");

    public SeriesQuery {
        selectors = selectors.isEmpty() ? List.of(ALL) : List.copyOf(selectors);
        words = words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
        }
    }
}
