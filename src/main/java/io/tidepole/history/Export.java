package io.tidepole.history;

import io.tidepole.history.HistoryTool.Format;
import io.tidepole.metric.Descriptor;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Writes samples as text, series by series and in order of time, while a server runs or not. */
final class Export {
    private static final int TOLD_EVERY = 1_000;

    private Export() {}

    static void run(HistoryTool.Request request, PrintStream out, PrintStream progress)
            throws IOException, SQLException {
        if (!Files.isDirectory(request.folder())) {
            throw new IOException("there is no history in " + request.folder());
        }
        DiskArchive archive = open(request.folder());
        try (OutputStream target = request.target().isPresent()
                        ? Files.newOutputStream(request.target().get())
                        : out;
                Writer writer = new BufferedWriter(new OutputStreamWriter(target, StandardCharsets.UTF_8), 1 << 16)) {
            write(archive, request, writer, progress);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The archive as it stands; the log is read before the days, as they take over from it. */
    private static DiskArchive open(Path folder) throws IOException, SQLException {
        Tail tail = new Tail();
        Path log = folder.resolve("log.db");
        if (Files.exists(log)) {
            try (Connection connection = Sqlite.reader(log, LogFile.SCHEMA)) {
                LogFile.replay(connection, tail::add);
            }
        }
        return new DiskArchive(Days.in(folder), tail);
    }

    private static void write(DiskArchive archive, HistoryTool.Request request, Writer writer, PrintStream progress)
            throws IOException {
        List<Descriptor> all = archive.series(List.of(request.selector()), request.fromMicros(), request.untilMicros());
        if (request.format() == Format.CSV) {
            writer.write(TextFormats.CSV_HEADER);
        }
        int done = 0;
        long[] samples = new long[1];
        for (Descriptor series : all) {
            TextFormats.Line line = TextFormats.line(request.format(), series);
            archive.scan(series.key(), request.fromMicros(), request.untilMicros(), (timeMicros, value) -> {
                samples[0]++;
                write(writer, line.of(timeMicros, value));
            });
            if (++done % TOLD_EVERY == 0 || done == all.size()) {
                progress.println(done + " of " + all.size() + " series, " + samples[0] + " samples");
            }
        }
    }

    private static void write(Writer writer, String line) {
        try {
            writer.write(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
