package io.tidepole.prometheus;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and lengths of time as Prometheus writes them. */
final class Times {
    private static final Pattern DURATION = Pattern.compile(
            "(?:(\\d{1,9})y)?(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
    private static final long[] MILLIS = {31_536_000_000L, 604_800_000L, 86_400_000L, 3_600_000L, 60_000L, 1_000L, 1L};
    /** A hundred years. */
    private static final long MOST_MILLIS = 3_153_600_000_000L;

    private static final double MOST_SECONDS = 9e12;

    private Times() {}

    /** Milliseconds; throws IllegalArgumentException if it is none, or 0. */
    static long duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw new IllegalArgumentException("not a valid duration string: \"" + text + "\"");
        }
        long millis = 0;
        for (int i = 0; i < MILLIS.length; i++) {
            String part = matcher.group(i + 1);
            millis += part == null ? 0 : Long.parseLong(part) * MILLIS[i];
            if (millis > MOST_MILLIS) {
                throw new IllegalArgumentException("duration out of range");
            }
        }
        if (millis == 0) {
            throw new IllegalArgumentException("duration must be greater than 0");
        }
        return millis;
    }

    /** Seconds with a fraction, or a duration; in milliseconds. */
    static long durationOrSeconds(String text) {
        try {
            return seconds(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return duration(text);
        }
    }

    /** Seconds since the epoch with a fraction, or RFC 3339; in milliseconds. */
    static long instant(String text) {
        try {
            return seconds(Double.parseDouble(text));
        } catch (NumberFormatException notSeconds) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw new IllegalArgumentException("cannot parse \"" + text + "\" to a valid timestamp", e);
            }
        }
    }

    private static long seconds(double seconds) {
        if (!(Math.abs(seconds) < MOST_SECONDS)) {
            throw new IllegalArgumentException("time out of range");
        }
        return Math.round(seconds * 1_000);
    }
}
