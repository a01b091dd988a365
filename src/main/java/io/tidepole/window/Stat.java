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
    RATE,
    P50(0.50),
    P95(0.95),
    P99(0.99);

    private final double share;

    Stat() {
        this(-1);
    }

    Stat(double share) {
        this.share = share;
    }

    /** Whether it needs the distribution of the values. */
    public boolean isQuantile() {
        return share >= 0;
    }

    /** Of a quantile: the share of all values that do not exceed it, 0 to 1. */
    public double share() {
        if (!isQuantile()) {
            throw new IllegalStateException(this + " is no quantile");
        }
        return share;
    }

    /** All names on the wire, for people. */
    public static String names() {
        return "last, min, max, mean, sum, count, rate, p50, p95 or p99";
    }

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
