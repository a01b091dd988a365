package io.tidepole.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.OptionalLong;

/**
 * Reads the stamps of senders. A number is seconds, milliseconds, microseconds or nanoseconds, by its magnitude: the
 * ranges overlap for no time between 1971 and 5138.
 */
final class Timestamps {
    private static final double SECONDS_BELOW = 1e11;
    private static final double MILLIS_BELOW = 1e14;
    private static final double MICROS_BELOW = 1e17;

    private Timestamps() {}

    /** Microseconds since the epoch. */
    static OptionalLong ofNumber(double number) {
        double magnitude = Math.abs(number);
        if (!(magnitude < 1e20)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round(number * microsPerUnit(magnitude)));
    }

    /** Microseconds since the epoch. */
    static long ofInteger(long number) {
        long magnitude = Math.abs(number);
        if (magnitude < SECONDS_BELOW) {
            return number * 1_000_000;
        }
        if (magnitude < MILLIS_BELOW) {
            return number * 1_000;
        }
        return magnitude < MICROS_BELOW ? number : Math.floorDiv(number, 1_000);
    }

    private static double microsPerUnit(double magnitude) {
        if (magnitude < SECONDS_BELOW) {
            return 1e6;
        }
        if (magnitude < MILLIS_BELOW) {
            return 1e3;
        }
        return magnitude < MICROS_BELOW ? 1 : 1e-3;
    }

    /** Microseconds since the epoch of an RFC 3339 time. */
    static OptionalLong ofText(String text) {
        if (text.length() < 20 || text.length() > 40) {
            return OptionalLong.empty();
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return OptionalLong.of(Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000L));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return OptionalLong.empty();
        }
    }
}
