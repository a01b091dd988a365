package io.tidepole.device;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which devices somebody wants to see.
 *
 * @param device the one device wanted, by its whole name; empty is any
 * @param search words that must all be in the name; case does not matter
 * @param states the states wanted; empty is all
 * @param sort what the order goes by
 * @param descending whether the order is turned round
 * @param offset how many of the first are left out
 * @param limit the most that are answered, up to {@link #MAX_LIMIT}
 */
public record DeviceQuery(
        String device, String search, Set<DeviceState> states, Sort sort, boolean descending, int offset, int limit) {
    /** The most devices of one answer. */
    public static final int MAX_LIMIT = 50_000;

    /** The longest search, in characters. */
    public static final int MAX_SEARCH = 256;

    /** What an order goes by; ties go by name. */
    public enum Sort {
        /** By name, those of which nothing was ever taken last. */
        NAME,
        /** Those that need somebody first: offline, stale, live. */
        STATE,
        /** The longest silence first. */
        AGE,
        /** The most refusals first. */
        REFUSED;

        /** The order of that name in lower case, if there is one. */
        public static Optional<Sort> byName(String name) {
            return Stream.of(values())
                    .filter(sort -> sort.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst();
        }
    }

    public DeviceQuery {
        states = Set.copyOf(states);
        if (search.length() > MAX_SEARCH) {
            throw new IllegalArgumentException("search is at most " + MAX_SEARCH + " characters");
        }
        if (offset < 0) {
            throw new IllegalArgumentException("offset is 0 or more");
        }
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT);
        }
    }

    /** All devices by name. */
    public static DeviceQuery all() {
        return new DeviceQuery("", "", Set.of(), Sort.NAME, false, 0, MAX_LIMIT);
    }

    /** Whether a name is the one that is wanted, or any is. */
    boolean wants(String name) {
        return device.isEmpty() || device.equals(name);
    }

    /** The words that a name must have. */
    List<String> words() {
        return Stream.of(search.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    Comparator<DeviceView> order() {
        Comparator<DeviceView> by =
                switch (sort) {
                    case NAME -> Comparator.comparing(view -> view.readings() == 0);
                    case STATE -> Comparator.comparing(DeviceView::state, Comparator.reverseOrder());
                    case AGE -> Comparator.comparingLong(DeviceView::lastSeenMicros);
                    case REFUSED -> Comparator.comparingLong(view -> -view.refused());
                };
        Comparator<DeviceView> order = by.thenComparing(DeviceView::device);
        return descending ? order.reversed() : order;
    }
}
