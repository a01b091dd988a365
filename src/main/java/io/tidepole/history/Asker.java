package io.tidepole.history;

import io.tidepole.metric.SeriesKey;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Who asks about the past.
 *
 * @param mayRead which series it may know of
 * @param gone whether it does not wait for the answer any more; asked often, from another thread
 */
public record Asker(Predicate<SeriesKey> mayRead, BooleanSupplier gone) {
    /** One that may read everything and waits for ever. */
    public static final Asker ANYONE = new Asker(key -> true, () -> false);
}
