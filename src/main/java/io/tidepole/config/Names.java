package io.tidepole.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names of keys and of their groups, and what somebody may have meant who wrote another. */
final class Names {
    private static final int MAX_LENGTH = 64;

    static final Map<String, Key<?>> KEYS =
            Keys.all().stream().collect(Collectors.toMap(Key::name, Function.identity()));

    static final Map<String, Key<?>> ENVIRONMENT =
            Keys.all().stream().collect(Collectors.toMap(Key::environmentName, Function.identity()));

    static final Map<String, Key<?>> OPTIONS =
            Keys.all().stream().collect(Collectors.toMap(Key::option, Function.identity()));

    /** What stands before the dot: {@code http}. */
    static final Collection<String> GROUPS = Keys.all().stream()
            .map(Key::name)
            .filter(name -> name.contains("."))
            .map(name -> name.substring(0, name.indexOf('.')))
            .collect(Collectors.toCollection(TreeSet::new));

    private Names() {}

    /** Everything that may stand in a file: keys and groups. */
    static Collection<String> known() {
        TreeSet<String> known = new TreeSet<>(GROUPS);
        known.addAll(KEYS.keySet());
        return known;
    }

    /** The names of a group's keys without the group, as they stand in a file. */
    static String inGroup(String group) {
        return Keys.all().stream()
                .map(Key::name)
                .filter(name -> name.startsWith(group + "."))
                .map(name -> name.substring(group.length() + 1))
                .collect(Collectors.joining(", "));
    }

    /** {@code ; did you mean http.port?}, or nothing where no known name is near. */
    static String hint(String name, Collection<String> known) {
        return nearest(name, known)
                .map(match -> "; did you mean " + match + "?")
                .orElse("");
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        if (name.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String plain = plain(name);
        return known.stream()
                .filter(match -> isNear(plain, plain(match)))
                .min(Comparator.<String>comparingInt(match -> distance(plain, plain(match)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The name without what people vary: case, hyphens, a missing dot. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }

    private static boolean isNear(String plain, String match) {
        int allowed = Math.max(1, Math.min(3, (match.length() + 1) / 3));
        return distance(plain, match) <= allowed || (plain.length() > 3 && match.endsWith(plain));
    }

    /** Levenshtein's: the fewest insertions, deletions and replacements that make one of the other. */
    private static int distance(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = previous[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }
}
