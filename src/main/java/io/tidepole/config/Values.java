package io.tidepole.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A value for every key: what was given last, else the default. */
final class Values {
    private final Map<Key<?>, Given> given = new HashMap<>();
    private final Set<Key<?>> refused = new HashSet<>();

    /** A value and where it stands, as a report names it: {@code conf/tidepole.yaml:12: http.port}. */
    private record Given(Object value, String source) {}

    /** Takes a value as somebody wrote it, or reports why it cannot be. */
    void read(Key<?> key, String text, String source, Report report) {
        try {
            given.put(key, new Given(key.kind().parse(text), source));
        } catch (IllegalArgumentException bad) {
            refused.add(key);
            report.add(source, String.valueOf(bad.getMessage()));
        }
    }

    <T> T get(Key<T> key) {
        Given entry = given.get(key);
        return entry == null ? key.defaultValue() : key.kind().type().cast(entry.value());
    }

    /** Whether somebody gave a value that could not be taken, so that {@link #get} is not what they meant. */
    boolean isRefused(Key<?> key) {
        return refused.contains(key);
    }

    /** Where the value stands; empty for a default. */
    Optional<String> source(Key<?> key) {
        return Optional.ofNullable(given.get(key)).map(Given::source);
    }
}
