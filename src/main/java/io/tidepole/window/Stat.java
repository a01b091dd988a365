package io.tidepole.window;

import java.util.Locale;
import java.util.Optional;

/** What a viewer may ask of a window. */
public enum Stat {
    LAST,
    MIN,
    MAX,
    MEAN,
    SUM,
    COUNT,
    /** Growth of a counter per second, with resets handled. */
    RATE;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The statistic of that name, if there is one. */
    public static Optional<Stat> byName(String name) {
        for (Stat stat : values()) {
            if (stat.wireName().equals(name)) {
                return Optional.of(stat);
            }
        }
        return Optional.empty();
    }
}
