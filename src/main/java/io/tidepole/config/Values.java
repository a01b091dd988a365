package io.tidepole.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A value for every key: what was given, else the default. */
final class Values {
    private final Map<Key<?>, Given> given = new HashMap<>();

    /** A value and who gave it, as a report names it: {@code --http.port}. */
    private record Given(Object value, String source) {}

    /** Takes a value in place of the default, or of what was given before. */
    <T> void put(Key<T> key, T value, String source) {
        given.put(key, new Given(value, source));
    }

    <T> T get(Key<T> key) {
        Given entry = given.get(key);
        return entry == null ? key.defaultValue() : key.kind().type().cast(entry.value());
    }

    /** Who gave the value; empty for a default. */
    Optional<String> source(Key<?> key) {
        return Optional.ofNullable(given.get(key)).map(Given::source);
    }
}
