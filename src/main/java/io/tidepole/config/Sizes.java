package io.tidepole.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Amounts of memory: plain bytes, or {@code KiB}, {@code MiB}, {@code GiB}, {@code TiB}.
 *
 * <p>{@code KB} and {@code MB} are refused, because half of those who write them mean 1,000 and half 1,024.
 */
final class Sizes {
    private static final Pattern SHAPE = Pattern.compile("([0-9]+)(B|KiB|MiB|GiB|TiB)?");
    private static final String[] UNITS = {"TiB", "GiB", "MiB", "KiB"};

    private Sizes() {}

    /** The size in bytes; one beyond a long becomes the greatest long. */
    static long parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not a size such as 65536, 64KiB, 16MiB or 1GiB");
        }
        String unit = matcher.group(2);
        long count = WholeNumbers.saturated(matcher.group(1));
        long unitBytes = bytesIn(unit == null ? "B" : unit);
        return count > Long.MAX_VALUE / unitBytes ? Long.MAX_VALUE : count * unitBytes;
    }

    /** The size in the largest unit that leaves no fraction. */
    static String format(long bytes) {
        for (String unit : UNITS) {
            if (bytes != 0 && bytes % bytesIn(unit) == 0) {
                return bytes / bytesIn(unit) + unit;
            }
        }
        return Long.toString(bytes);
    }

    private static long bytesIn(String unit) {
        return switch (unit) {
            case "TiB" -> 1L << 40;
            case "GiB" -> 1L << 30;
            case "MiB" -> 1L << 20;
            case "KiB" -> 1L << 10;
            default -> 1;
        };
    }
}
