package io.tidepole.config;

import java.util.Locale;

/**
 * One setting: its name, what its values look like, and what it is for.
 *
 * @param name dotted and in lower case: {@code http.port}
 * @param kind how values are read and bounded
 * @param defaultText the value where nobody gives one, as it is written in the file
 * @param help what it is for, in a few words, with its unit where the value does not carry it
 */
record Key<T>(String name, Kind<T> kind, String defaultText, String help) {
    Key {
        kind.parse(defaultText);
    }

    T defaultValue() {
        return kind.parse(defaultText);
    }

    /** Throws IllegalArgumentException, naming the key, where a record is given a value out of range. */
    void require(T value) {
        try {
            kind.check(value);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(name + ": " + bad.getMessage(), bad);
        }
    }

    /** The name in the environment: {@code TIDEPOLE_HTTP_PORT}. */
    String environmentName() {
        return "TIDEPOLE_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The name on the command line: {@code --http.port}. */
    String option() {
        return "--" + name;
    }
}
