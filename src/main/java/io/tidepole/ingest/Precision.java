package io.tidepole.ingest;

import java.util.Optional;

/** The unit of the stamps in line protocol. */
enum Precision {
    NANOSECONDS,
    MICROSECONDS,
    MILLISECONDS,
    SECONDS,
    MINUTES,
    HOURS;

    /** By the name that clients give; both versions of the interface. */
    static Optional<Precision> byName(String name) {
        return switch (name) {
            case "ns", "n", "" -> Optional.of(NANOSECONDS);
            case "us", "u", "µ", "µs" -> Optional.of(MICROSECONDS);
            case "ms" -> Optional.of(MILLISECONDS);
            case "s" -> Optional.of(SECONDS);
            case "m" -> Optional.of(MINUTES);
            case "h" -> Optional.of(HOURS);
            default -> Optional.empty();
        };
    }

    /** Microseconds since the epoch. Throws ArithmeticException where they do not fit. */
    long micros(long stamp) {
        return switch (this) {
            case NANOSECONDS -> Math.floorDiv(stamp, 1_000L);
            case MICROSECONDS -> stamp;
            case MILLISECONDS -> Math.multiplyExact(stamp, 1_000L);
            case SECONDS -> Math.multiplyExact(stamp, 1_000_000L);
            case MINUTES -> Math.multiplyExact(stamp, 60_000_000L);
            case HOURS -> Math.multiplyExact(stamp, 3_600_000_000L);
        };
    }
}
