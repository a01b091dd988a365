package io.tidepole.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command line asks for. It only reads: printing and exiting is for the caller.
 *
 * <p>Settings stand in the file, in the environment and in the arguments, and the last of these wins.
 */
public final class CommandLine {
    /** The file that is read where none is named, if it is there. */
    static final String DEFAULT_FILE = "conf/tidepole.yaml";

    private final Map<String, String> commands;

    /**
     * A command line that knows these commands.
     *
     * @param commands what can stand as the first word, each with its line of help
     */
    public CommandLine(Map<String, String> commands) {
        this.commands = Map.copyOf(commands);
    }

    /** What was asked for. */
    public sealed interface Request {
        /** Run the server. */
        record Run(Config config) implements Request {}

        /**
         * Say that the configuration is good, and exit.
         *
         * @param file the file that it was read from, if any
         */
        record Check(Config config, Optional<String> file) implements Request {}

        /** Print the help text, and exit. */
        record Help() implements Request {}

        /** Print the version, and exit. */
        record Version() implements Request {}

        /**
         * Do something other than running the server.
         *
         * @param arguments the words after the name, not looked at
         */
        record Command(String name, List<String> arguments) implements Request {}

        /**
         * Print what is wrong, and exit with 2.
         *
         * @param lines one for each problem, with its source
         */
        record Problems(List<String> lines) implements Request {
            /** All problems under a heading. */
            public String message() {
                return "Tidepole cannot start, its configuration has "
                        + (lines.size() == 1 ? "a problem:" : lines.size() + " problems:")
                        + "\n  "
                        + String.join("\n  ", lines);
            }
        }
    }

    /**
     * Reads a command line, and the configuration that it leads to.
     *
     * @param words those after the program's name
     * @param environment the environment variables
     * @param directory where files are looked for
     */
    public Request parse(List<String> words, Map<String, String> environment, Path directory) {
        if (!words.isEmpty() && commands.containsKey(words.get(0))) {
            return new Request.Command(words.get(0), List.copyOf(words.subList(1, words.size())));
        }
        Arguments arguments = new Arguments(words, commands.keySet());
        if (arguments.has("--help") || arguments.has("-h")) {
            return new Request.Help();
        }
        if (arguments.has("--version")) {
            return new Request.Version();
        }
        return configured(arguments, environment, directory);
    }

    /** The help text: every option, command and key. */
    public String help() {
        return HelpText.of(commands);
    }

    private Request configured(Arguments arguments, Map<String, String> environment, Path directory) {
        Values values = new Values();
        Report report = new Report();
        Optional<String> file = arguments.file().or(() -> defaultFile(directory));
        file.ifPresent(name -> readFile(name, directory, values, report));
        Environment.read(environment, values, report);
        arguments.read(values, report);
        return Config.from(values, report)
                .<Request>map(
                        config -> arguments.has("--check") ? new Request.Check(config, file) : new Request.Run(config))
                .orElseGet(() -> new Request.Problems(report.lines()));
    }

    private static Optional<String> defaultFile(Path directory) {
        return Files.exists(directory.resolve(DEFAULT_FILE)) ? Optional.of(DEFAULT_FILE) : Optional.empty();
    }

    private static void readFile(String name, Path directory, Values values, Report report) {
        try {
            ConfigFile.read(directory.resolve(name), Quoted.line(name), values, report);
        } catch (InvalidPathException invalid) {
            report.add("--config", Quoted.of(name) + " is not a file's name");
        }
    }
}
