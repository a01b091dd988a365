package io.tidepole.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the values of a key look like: how they are read, written and bounded.
 *
 * <p>Both {@link #parse} and {@link #check} throw IllegalArgumentException with a reason that names the value but not
 * the key.
 */
sealed interface Kind<T> {
    Class<T> type();

    /** What is expected, with its article: "a whole number". */
    String noun();

    T parse(String text);

    /** The value, if it is one that {@link #parse} could have given. */
    T check(T value);

    String format(T value);

    /** {@code true} or {@code false}. */
    static Kind<Boolean> flag() {
        return new Free<>(Boolean.class, "true or false", Kind::parseFlag, String::valueOf);
    }

    /** Text that matches the whole pattern. */
    static Kind<String> text(String noun, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new Free<>(String.class, noun, text -> parseText(text, compiled, noun), text -> text);
    }

    /** The path of a folder; it need not exist. */
    static Kind<Path> folder() {
        return new Free<>(Path.class, "a folder", Kind::parseFolder, Path::toString);
    }

    /** One of the names of an enum, in lower case. */
    static <E extends Enum<E>> Kind<E> choice(Class<E> type) {
        return new Free<>(
                type,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(Kind::lowerCase)
                                .collect(Collectors.joining(", ")),
                text -> parseChoice(text, type),
                Kind::lowerCase);
    }

    /** A whole number. */
    static Kind<Integer> whole(int low, int high) {
        return new Ranged<>(Integer.class, "a whole number", WholeNumbers::parse, String::valueOf, low, high);
    }

    /** A length of time, {@code 1500ms}; the bounds are written in the same way. */
    static Kind<Duration> duration(String low, String high) {
        return new Ranged<>(
                Duration.class,
                "a duration such as 500ms, 10s, 5m, 2h or 30d",
                Durations::parse,
                Durations::format,
                Durations.parse(low),
                Durations.parse(high));
    }

    /** An amount of memory in bytes, {@code 64MiB}; the bounds are written in the same way. */
    static Kind<Long> size(String low, String high) {
        return new Ranged<>(
                Long.class,
                "a size such as 65536, 64KiB, 16MiB or 1GiB",
                Sizes::parse,
                Sizes::format,
                Sizes.parse(low),
                Sizes.parse(high));
    }

    private static boolean parseFlag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(Quoted.of(text) + " is not true or false");
        };
    }

    private static String parseText(String text, Pattern pattern, String noun) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not " + noun);
        }
        return text;
    }

    private static Path parseFolder(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("a folder needs a name");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not a folder's name", invalid);
        }
    }

    private static <E extends Enum<E>> E parseChoice(String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> lowerCase(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        Quoted.of(text) + " is not " + choice(type).noun()));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** Any value that can be read is good. */
    record Free<T>(Class<T> type, String noun, Function<String, T> reader, Function<T, String> writer)
            implements Kind<T> {
        @Override
        public T parse(String text) {
            return reader.apply(text);
        }

        @Override
        public T check(T value) {
            return reader.apply(writer.apply(value));
        }

        @Override
        public String format(T value) {
            return writer.apply(value);
        }
    }

    /** Values with a least and a greatest, both allowed. */
    record Ranged<T extends Comparable<T>>(
            Class<T> type, String noun, Function<String, T> reader, Function<T, String> writer, T low, T high)
            implements Kind<T> {
        @Override
        public T parse(String text) {
            return check(reader.apply(text), text);
        }

        @Override
        public T check(T value) {
            return check(value, format(value));
        }

        @Override
        public String format(T value) {
            return writer.apply(value);
        }

        String highText() {
            return format(high);
        }

        private T check(T value, String text) {
            if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
                throw new IllegalArgumentException(
                        Quoted.bare(text) + " is not between " + format(low) + " and " + highText());
            }
            return value;
        }
    }
}
