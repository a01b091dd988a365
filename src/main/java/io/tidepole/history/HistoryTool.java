package io.tidepole.history;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is done with the files of a server from outside: backup, export and import. */
public final class HistoryTool {
    private static final String HELP =
            """
              backup FOLDER            copies all files to a folder, while the server runs or not
              export [FILE]            writes samples to a file, or to standard output
              import FILE              adds what was exported; no server may run on the folder

              --data=FOLDER            the folder of the server, data unless given
              --format=csv|lines       CSV, or Influx line protocol; csv unless given
              --select=SELECTOR        export: which series; all unless given
              --from=T --until=T       export: 2026-01-31T12:00:00Z, from and until then
            """;

    private HistoryTool() {}

    /** How samples are written. */
    enum Format {
        CSV,
        LINES
    }

    /**
     * What is asked for.
     *
     * @param target the folder or file, if one is named
     * @param folder where the files of the history are
     */
    record Request(
            Optional<Path> target, Path folder, Format format, Selector selector, long fromMicros, long untilMicros) {
        private static final Request DEFAULT = new Request(
                Optional.empty(),
                Path.of("data", "history"),
                Format.CSV,
                Selector.parse("{__name__=~\".+\"}"),
                0,
                Long.MAX_VALUE / 2);

        static Request parse(List<String> words) {
            Request request = DEFAULT;
            for (String word : words) {
                request = request.with(word);
            }
            return request;
        }

        private Request with(String word) {
            String[] parts = word.split("=", 2);
            if (!word.startsWith("--")) {
                if (target.isPresent()) {
                    throw new IllegalArgumentException("one name is enough: " + word);
                }
                return new Request(Optional.of(Path.of(word)), folder, format, selector, fromMicros, untilMicros);
            }
            if (parts.length != 2) {
                throw new IllegalArgumentException("not an option: " + word);
            }
            return with(parts[0], parts[1]);
        }

        private Request with(String name, String value) {
            return switch (name) {
                case "--data" ->
                    new Request(target, Path.of(value, "history"), format, selector, fromMicros, untilMicros);
                case "--format" ->
                    new Request(
                            target,
                            folder,
                            Format.valueOf(value.toUpperCase(Locale.ROOT)),
                            selector,
                            fromMicros,
                            untilMicros);
                case "--select" -> new Request(target, folder, format, Selector.parse(value), fromMicros, untilMicros);
                case "--from" -> new Request(target, folder, format, selector, micros(value), untilMicros);
                case "--until" -> new Request(target, folder, format, selector, fromMicros, micros(value));
                default -> throw new IllegalArgumentException("no such option: " + name);
            };
        }

        private static long micros(String time) {
            return Instant.parse(time).toEpochMilli() * 1_000;
        }

        Path needed() {
            return target.orElseThrow(() -> new IllegalArgumentException("a name is missing"));
        }
    }

    /** Runs backup, export or import; returns the exit code. Progress goes to {@code err}. */
    public static int run(String command, List<String> words, PrintStream out, PrintStream err)
            throws InterruptedException {
        try {
            Request request = Request.parse(words);
            switch (command) {
                case "backup" -> Backup.run(request.folder(), request.needed(), err);
                case "export" -> Export.run(request, out, err);
                default -> Import.run(request, err);
            }
            return 0;
        } catch (SelectorSyntaxException | DateTimeParseException bad) {
            err.println(bad.getMessage());
            return 2;
        } catch (IllegalArgumentException bad) {
            err.println(bad.getMessage());
            err.println(HELP);
            return 2;
        } catch (IOException | SQLException | UnkeptException problem) {
            err.println(command + " failed: " + problem.getMessage());
            return 1;
        }
    }
}
