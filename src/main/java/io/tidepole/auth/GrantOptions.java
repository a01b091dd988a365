package io.tidepole.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rights as they are written on a command line.
 *
 * @param words what is no option
 * @param name of {@code --name}
 * @param grant of {@code --read}, {@code --write}, {@code --edit} and {@code --admin}
 * @param lifeMillis of {@code --expires}
 */
record GrantOptions(List<String> words, String name, Grant grant, Optional<Long> lifeMillis) {
    private static final Pattern LIFE = Pattern.compile("([1-9]\\d{0,8})(s|m|h|d)");

    GrantOptions {
        words = List.copyOf(words);
    }

    /** Throws IllegalArgumentException for what it does not know. */
    static GrantOptions parse(List<String> given) {
        List<String> words = new ArrayList<>();
        List<String> read = new ArrayList<>();
        List<String> write = new ArrayList<>();
        String name = "";
        boolean edit = false;
        boolean admin = false;
        Optional<Long> life = Optional.empty();
        for (int i = 0; i < given.size(); i++) {
            String word = given.get(i);
            String option = word.startsWith("--") && word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            switch (option) {
                case "--edit" -> edit = true;
                case "--admin" -> admin = true;
                case "--read", "--write", "--name", "--expires" -> {
                    boolean joined = !option.equals(word);
                    String value = joined ? word.substring(option.length() + 1) : next(given, ++i, option);
                    switch (option) {
                        case "--read" -> read.add(value);
                        case "--write" -> write.add(value);
                        case "--name" -> name = value;
                        default -> life = Optional.of(life(value));
                    }
                }
                default -> {
                    if (word.startsWith("-")) {
                        throw new IllegalArgumentException(option + " is not known here");
                    }
                    words.add(word);
                }
            }
        }
        Grant grant = new Grant(ReadRights.parse(read), new WriteRights(write), edit, admin);
        return new GrantOptions(words, name, grant, life);
    }

    private static String next(List<String> given, int index, String option) {
        if (index >= given.size()) {
            throw new IllegalArgumentException(option + " has no value");
        }
        return given.get(index);
    }

    private static long life(String text) {
        Matcher matcher = LIFE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("--expires is a time such as 90d, 12h, 30m or 60s");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "s" -> 1_000L;
                    case "m" -> 60_000L;
                    case "h" -> 3_600_000L;
                    default -> 86_400_000L;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    long expiresAtMillis(long nowMillis) {
        return lifeMillis.map(life -> nowMillis + life).orElse(Principal.NEVER);
    }
}
