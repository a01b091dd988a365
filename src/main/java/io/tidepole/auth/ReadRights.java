package io.tidepole.auth;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Which series may be read. Two that were written in another order are equal: viewers with equal rights share what is
 * made for them, and those with others share nothing.
 *
 * @param everything whether all series may be read
 * @param select else those that one of these chooses, sorted
 */
public record ReadRights(boolean everything, List<Selector> select) implements Predicate<SeriesKey> {
    /** How "everything" is written. */
    static final String ANY = "*";

    /** Every series. */
    public static final ReadRights ALL = new ReadRights(true, List.of());

    /** No series. */
    public static final ReadRights NONE = new ReadRights(false, List.of());

    public ReadRights {
        select = everything
                ? List.of()
                : select.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Selector::toString))
                        .toList();
    }

    /**
     * Rights as they are written: {@code *} or selectors.
     *
     * @throws io.tidepole.metric.SelectorSyntaxException if one is neither
     */
    public static ReadRights parse(List<String> texts) {
        return texts.contains(ANY)
                ? ALL
                : new ReadRights(false, texts.stream().map(Selector::parse).toList());
    }

    @Override
    public boolean test(SeriesKey key) {
        if (everything) {
            return true;
        }
        for (Selector selector : select) {
            if (selector.matches(key)) {
                return true;
            }
        }
        return false;
    }

    /** Whether nothing at all may be read. */
    public boolean isEmpty() {
        return !everything && select.isEmpty();
    }

    ReadRights or(ReadRights other) {
        return everything || other.everything
                ? ALL
                : new ReadRights(
                        false,
                        Stream.concat(select.stream(), other.select.stream()).toList());
    }

    /** As {@link #parse} takes it. */
    List<String> texts() {
        return everything
                ? List.of(ANY)
                : select.stream().map(Selector::toString).toList();
    }
}
