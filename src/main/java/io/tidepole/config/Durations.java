package io.tidepole.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as a number and one unit: {@code 100ms}, {@code 1s}, {@code 5m}, {@code 2h}, {@code 30d}. */
public final class Durations {
    private static final Pattern SHAPE = Pattern.compile("([0-9]+)(ms|s|m|h|d)?");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};

    private Durations() {}

    /** The duration; one beyond what milliseconds in a long can hold becomes the greatest that they can. */
    public static Duration parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    Quoted.of(text) + " is not a duration such as 500ms, 10s, 5m, 2h or 30d");
        }
        String unit = matcher.group(2);
        if (unit == null) {
            throw new IllegalArgumentException(Quoted.bare(text) + " needs a unit: ms, s, m, h or d");
        }
        long count = WholeNumbers.saturated(matcher.group(1));
        long limit = Long.MAX_VALUE / millisIn(unit);
        return count > limit ? Duration.ofMillis(Long.MAX_VALUE) : Duration.ofMillis(count * millisIn(unit));
    }

    /** The duration in the largest unit that leaves no fraction. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        for (String unit : UNITS) {
            if (millis != 0 && millis % millisIn(unit) == 0) {
                return millis / millisIn(unit) + unit;
            }
        }
        return millis + "ms";
    }

    private static long millisIn(String unit) {
        return switch (unit) {
            case "d" -> 86_400_000;
            case "h" -> 3_600_000;
            case "m" -> 60_000;
            case "s" -> 1_000;
            default -> 1;
        };
    }
}
