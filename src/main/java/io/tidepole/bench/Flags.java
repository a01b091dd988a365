package io.tidepole.bench;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** The command line as typed values; every value that does not fit is a {@link UsageException}. */
final class Flags {
    private static final Map<String, Long> NANOS_OF_UNIT =
            Map.of("ms", 1_000_000L, "s", 1_000_000_000L, "m", 60_000_000_000L);

    private final Map<Flag, String> values = new EnumMap<>(Flag.class);

    /** Takes {@code --name=value}, {@code --name value}, and {@code --name} alone for yes. */
    static Flags parse(List<String> arguments) {
        Flags flags = new Flags();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            int equals = argument.indexOf('=');
            Flag flag = flag(equals < 0 ? argument : argument.substring(0, equals));
            flags.values.put(flag, equals < 0 ? following(flag, rest) : argument.substring(equals + 1));
        }
        return flags;
    }

    private static Flag flag(String text) {
        for (Flag flag : Flag.values()) {
            if (flag.text().equals(text)) {
                return flag;
            }
        }
        throw new UsageException("there is no option " + text);
    }

    private static String following(Flag flag, Iterator<String> rest) {
        if (isSwitch(flag)) {
            return "true";
        }
        if (!rest.hasNext()) {
            throw new UsageException(flag.text() + " needs a value");
        }
        return rest.next();
    }

    private static boolean isSwitch(Flag flag) {
        return flag.standard().equals("true") || flag.standard().equals("false");
    }

    String text(Flag flag) {
        return values.getOrDefault(flag, flag.standard());
    }

    boolean yes(Flag flag) {
        return choice(flag, "true", "false").equals("true");
    }

    /** One of these words. */
    String choice(Flag flag, String... words) {
        String text = text(flag);
        if (!List.of(words).contains(text)) {
            throw new UsageException(flag.text() + " is one of " + String.join(", ", words) + ", not " + text);
        }
        return text;
    }

    int whole(Flag flag, int least, int most) {
        double number = number(flag, least, most);
        if (number != Math.rint(number)) {
            throw new UsageException(flag.text() + " is a whole number, not " + text(flag));
        }
        return (int) number;
    }

    double number(Flag flag, double least, double most) {
        double number;
        try {
            number = Double.parseDouble(text(flag).replace("_", ""));
        } catch (NumberFormatException e) {
            throw new UsageException(flag.text() + " is a number, not " + text(flag));
        }
        if (!(number >= least && number <= most)) {
            throw new UsageException(
                    "%s is from %,.0f to %,.0f, not %s".formatted(flag.text(), least, most, text(flag)));
        }
        return number;
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 2m}; at most an hour. */
    Duration duration(Flag flag) {
        String text = text(flag);
        String digits = text.replaceFirst("[a-z]+$", "");
        Long unit = NANOS_OF_UNIT.get(text.substring(digits.length()));
        try {
            Duration duration = Duration.ofNanos(Math.round(Double.parseDouble(digits) * (unit == null ? 0 : unit)));
            if (unit != null && !duration.isNegative() && duration.compareTo(Duration.ofHours(1)) <= 0) {
                return duration;
            }
        } catch (NumberFormatException e) {
            throw notATime(flag, text);
        }
        throw notATime(flag, text);
    }

    private static UsageException notATime(Flag flag, String text) {
        return new UsageException(flag.text() + " is a time up to an hour, such as 500ms or 10s, not " + text);
    }
}
