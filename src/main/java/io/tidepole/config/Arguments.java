package io.tidepole.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The words of a command line. A value only ever follows an equals sign: {@code --http.port=9000}. */
final class Arguments {
    private static final String CONFIG = "--config";
    private static final String DEV_TLS = "--dev-tls";
    private static final Set<String> FLAGS = Set.of("--help", "-h", "--version", "--check", DEV_TLS);

    private final List<String> words;
    private final Set<String> commands;

    /**
     * The words of a command line that is no command.
     *
     * @param commands what could have stood there instead
     */
    Arguments(List<String> words, Set<String> commands) {
        this.words = List.copyOf(words);
        this.commands = commands;
    }

    boolean has(String flag) {
        return words.contains(flag);
    }

    /** The file that was named, if one was. */
    Optional<String> file() {
        return words.stream()
                .filter(word -> word.startsWith(CONFIG + "="))
                .map(word -> word.substring(CONFIG.length() + 1))
                .filter(file -> !file.isEmpty())
                .findFirst();
    }

    /** Takes the settings in their order, so that a later one replaces an earlier one. */
    void read(Values values, Report report) {
        Deque<String> rest = new ArrayDeque<>(words);
        while (!rest.isEmpty()) {
            String word = rest.remove();
            int equals = word.indexOf('=');
            if (equals >= 0) {
                assignment(word.substring(0, equals), word.substring(equals + 1), values, report);
            } else if (!FLAGS.contains(word)) {
                lonely(word, rest, report);
            }
        }
        if (has(DEV_TLS)) {
            values.read(Keys.TLS_DEV, "true", DEV_TLS, report);
        }
        if (words.stream().filter(word -> word.startsWith(CONFIG + "=")).count() > 1) {
            report.add(CONFIG, "given twice; there is one file");
        }
    }

    private void assignment(String option, String value, Values values, Report report) {
        Key<?> key = Names.OPTIONS.get(option);
        if (key != null) {
            values.read(key, value, option, report);
        } else if (FLAGS.contains(option)) {
            report.add(option, "takes no value");
        } else if (!option.equals(CONFIG)) {
            unknown(option, report);
        } else if (value.isEmpty()) {
            report.add(option, "has no value; write " + CONFIG + "=FILE");
        }
    }

    /** A word without an equals sign: an option that lacks its value, or has it in the next word, or nothing known. */
    private void lonely(String word, Deque<String> rest, Report report) {
        Key<?> key = Names.OPTIONS.get(word);
        if (key == null && !word.equals(CONFIG)) {
            unknown(word, report);
            return;
        }
        String example = key == null ? "FILE" : key.defaultText();
        String next = rest.peek();
        String value = next == null || next.startsWith("--") ? example : Quoted.bare(rest.remove());
        report.add(word, "its value follows an equals sign: " + word + "=" + value);
    }

    private void unknown(String word, Report report) {
        Set<String> known = new TreeSet<>(Names.OPTIONS.keySet());
        known.addAll(FLAGS);
        known.add(CONFIG);
        known.addAll(commands);
        String reason = word.startsWith("-") ? "no such option" : "not understood";
        report.add(
                Quoted.bare(word),
                commands.contains(word) ? "a command can only be the first word" : reason + Names.hint(word, known));
    }
}
