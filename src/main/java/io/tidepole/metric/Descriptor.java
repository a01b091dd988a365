package io.tidepole.metric;

/**
 * A series and what is known of it beside its identity.
 *
 * @param key the identity
 * @param unit of its values
 * @param kind how values follow each other
 */
public record Descriptor(SeriesKey key, Unit unit, Kind kind) {
    /** How values of a series follow each other. */
    public enum Kind {
        /** Goes up and down. */
        GAUGE,
        /** Only grows, and starts again at zero when its source restarts. */
        COUNTER
    }

    /** A gauge. */
    public static Descriptor gauge(SeriesKey key, Unit unit) {
        return new Descriptor(key, unit, Kind.GAUGE);
    }
}
