package io.tidepole.history;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file of one day of event time, UTC. Readers may be many; the writer is one thread. */
final class DayFile {
    static final long DAY_MICROS = 86_400_000_000L;
    private static final Logger LOG = LoggerFactory.getLogger(DayFile.class);
    private static final int KEPT_READERS = 4;

    final Path path;
    final long day;
    private final ConcurrentLinkedDeque<DayReader> idle = new ConcurrentLinkedDeque<>();
    private volatile boolean readable = true;
    private volatile boolean damaged;
    private @Nullable DayWriter writer;
    /** The oldest hour that is to be computed, as long as nothing is written; asked for where it is not known. */
    private OptionalLong staleMillis = OptionalLong.empty();

    /** Reads something of a day. */
    @FunctionalInterface
    interface Question<T> {
        T ask(DayReader reader) throws SQLException;
    }

    DayFile(Path folder, long day) {
        this.path = folder.resolve(LocalDate.ofEpochDay(day) + ".db");
        this.day = day;
    }

    static long dayOf(long micros) {
        return Math.floorDiv(micros, DAY_MICROS);
    }

    long startMicros() {
        return day * DAY_MICROS;
    }

    long endMicros() {
        return startMicros() + DAY_MICROS;
    }

    /** The answer, or what is given where the file cannot be read. */
    <T> T read(T otherwise, Question<T> question) {
        if (!readable) {
            return otherwise;
        }
        DayReader reader = idle.pollFirst();
        try {
            if (reader == null) {
                reader = DayReader.open(path);
            }
            T answer = question.ask(reader);
            giveBack(reader);
            return answer;
        } catch (SQLException e) {
            problem(e);
        } catch (DamagedException e) {
            LOG.error("{}: a part of it is damaged and left out: {}", path, e.getMessage());
        }
        if (reader != null) {
            reader.close();
        }
        return otherwise;
    }

    private void giveBack(DayReader reader) {
        if (idle.size() < KEPT_READERS) {
            idle.addFirst(reader);
        } else {
            reader.close();
        }
        if (!readable) {
            closeReaders();
        }
    }

    private void closeReaders() {
        for (DayReader reader = idle.pollFirst(); reader != null; reader = idle.pollFirst()) {
            reader.close();
        }
    }

    private void problem(SQLException e) {
        if (Sqlite.isDamage(e)) {
            readable = false;
            damaged = true;
        }
        LOG.error("{} cannot be opened: {}", path, e.getMessage());
    }

    /** Whether it was found to be damaged, and is to be set aside. */
    boolean isDamaged() {
        return damaged;
    }

    /** The writer's connection, opened where needed. */
    DayWriter writer() throws SQLException {
        DayWriter open = writer;
        if (open == null) {
            try {
                open = DayWriter.open(path, day);
            } catch (SQLException e) {
                problem(e);
                throw e;
            }
            writer = open;
        }
        return open;
    }

    boolean isOpen() {
        return writer != null;
    }

    /** Whether hours that started before a time may have to be computed. For the writer's thread. */
    boolean mayBeStale(long beforeMillis) {
        if (writer != null) {
            return true;
        }
        if (staleMillis.isEmpty()) {
            staleMillis = OptionalLong.of(read(Long.MAX_VALUE, DayReader::firstStaleMillis));
        }
        return staleMillis.getAsLong() < beforeMillis;
    }

    void closeWriter() {
        DayWriter open = writer;
        writer = null;
        staleMillis = OptionalLong.empty();
        if (open != null) {
            open.close();
        }
    }

    /** Closes everything; nothing can be read any more. */
    void close() {
        readable = false;
        closeReaders();
        // The last to close empties the write-ahead log, which a reader cannot.
        closeWriter();
    }

    /** Closes and deletes it. */
    void drop() throws IOException {
        close();
        Sqlite.delete(path);
    }
}
