package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log: what was received, in order, until it is sealed. Each commit is one row, and one sync. Used by one thread.
 *
 * <p>Sealed rows are deleted a few with each commit, so that none waits for it.
 */
final class LogFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogFile.class);
    /** A commit adds one row, so this keeps up; a row of a busy server is a hundred pages, which take their time. */
    private static final int TRIMMED_AT_A_TIME = 8;

    private static final int MOST_NUMBERS = 250_000;
    /** {@code Tlog} */
    private static final int APPLICATION_ID = 0x546c6f67;

    static final Sqlite.Schema SCHEMA = new Sqlite.Schema(
            APPLICATION_ID,
            List.of(
                    "CREATE TABLE series (id INTEGER PRIMARY KEY, metric TEXT NOT NULL, labels TEXT NOT NULL,"
                            + " unit TEXT NOT NULL, kind TEXT NOT NULL)",
                    "CREATE TABLE received (id INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL)"),
            List.of());

    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement insertSeries;
    private final PreparedStatement trim;
    private final PreparedStatement forget;
    /** Series that have a number; no more than {@link #MOST_NUMBERS} of them. */
    private final Map<SeriesKey, Integer> numbers = new HashMap<>();

    private int lastNumber;
    private long lastCommit;
    private long trimmed;
    /** Numbers up to this one are used by no commit after that one. */
    private int oldNumbers;

    private long oldNumbersUntil;
    private volatile long sealed;

    /** Takes what is found in a log. */
    @FunctionalInterface
    interface Visitor {
        void sample(long commit, Descriptor series, long timeMicros, double value);
    }

    private LogFile(Connection connection, long atLeast) throws SQLException {
        this.connection = connection;
        insert = connection.prepareStatement("INSERT INTO received (id, data) VALUES (?, ?)");
        insertSeries = connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?)");
        trim = connection.prepareStatement("DELETE FROM received WHERE id IN"
                + " (SELECT id FROM received WHERE id <= ? ORDER BY id LIMIT " + TRIMMED_AT_A_TIME + ")");
        forget = connection.prepareStatement("DELETE FROM series WHERE id <= ?");
        lastNumber = (int) number("SELECT coalesce(max(id), 0) FROM series");
        lastCommit = Math.max(atLeast, number("SELECT coalesce(max(seq), 0) FROM sqlite_sequence"));
        connection.rollback();
        newNumbers();
    }

    /** Opens a log, or makes one whose commits are numbered from there on. */
    static LogFile open(Path file, long atLeast) throws SQLException {
        Connection connection = Sqlite.writer(file, SCHEMA);
        try {
            return new LogFile(connection, atLeast);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private long number(String query) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** Hands over all that a log holds, in order. A row that is damaged is left out, and said. */
    static void replay(Connection connection, Visitor visitor) throws SQLException {
        Map<Integer, Descriptor> series = new HashMap<>();
        try (ResultSet row =
                connection.createStatement().executeQuery("SELECT id, " + Labels.COLUMNS + " FROM series")) {
            while (row.next()) {
                try {
                    series.put(row.getInt(1), Labels.descriptor(row, 2));
                } catch (DamagedException e) {
                    LOG.error("series {} of the log is left out: {}", row.getInt(1), e.getMessage());
                }
            }
        }
        try (ResultSet row = connection.createStatement().executeQuery("SELECT id, data FROM received ORDER BY id")) {
            while (row.next()) {
                replay(row.getLong(1), row.getBytes(2), series, visitor);
            }
        }
    }

    private static void replay(long commit, byte[] data, Map<Integer, Descriptor> series, Visitor visitor) {
        int[] unknown = new int[1];
        try {
            GroupCodec.decode(data, (number, timeMicros, value) -> {
                Descriptor descriptor = series.get(number);
                if (descriptor == null) {
                    unknown[0]++;
                } else {
                    visitor.sample(commit, descriptor, timeMicros, value);
                }
            });
            if (unknown[0] > 0) {
                LOG.error("commit {} of the log: {} readings of series that are lost are left out", commit, unknown[0]);
            }
        } catch (DamagedException e) {
            LOG.error("commit {} of the log is damaged and left out: {}", commit, e.getMessage());
        }
    }

    /** Hands over all that is in it. */
    void replay(Visitor visitor) throws SQLException {
        replay(connection, visitor);
        connection.rollback();
    }

    /** Lets the file grow to so many pages; for tests. */
    void limit(int pages) throws SQLException {
        number("PRAGMA max_page_count = " + pages);
    }

    /** Commits up to this number are not needed any more. From any thread. */
    void sealed(long commit) {
        sealed = commit;
    }

    /** Writes batches, and returns when they are on disk: the number of the commit. If it fails, close the log. */
    long commit(List<ReadingBatch> batches) throws SQLException {
        if (numbers.size() > MOST_NUMBERS) {
            newNumbers();
        }
        insert(lastCommit + 1, batches);
        trim();
        connection.commit();
        return ++lastCommit;
    }

    private void insert(long commit, List<ReadingBatch> batches) throws SQLException {
        int[] series = numbers(batches);
        insert.setLong(1, commit);
        insert.setBytes(2, GroupCodec.encode(batches, series));
        insert.executeUpdate();
    }

    /** Adds a commit of another log under its own number, greater than those before. */
    void restore(long commit, ReadingBatch batch) throws SQLException {
        insert(commit, List.of(batch));
        lastCommit = commit;
    }

    /** Has what was restored on disk. */
    void commitRestored() throws SQLException {
        connection.commit();
    }

    /** Series get new numbers from now on; the old ones are deleted when no commit uses them. */
    private void newNumbers() {
        numbers.clear();
        oldNumbers = lastNumber;
        oldNumbersUntil = lastCommit;
    }

    private int[] numbers(List<ReadingBatch> batches) throws SQLException {
        int[] series = new int[batches.stream().mapToInt(ReadingBatch::size).sum()];
        int next = 0;
        for (ReadingBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                Integer known = numbers.get(batch.series(i).key());
                series[next++] = known == null ? number(batch.series(i)) : known;
            }
        }
        return series;
    }

    private int number(Descriptor descriptor) throws SQLException {
        insertSeries.setInt(1, ++lastNumber);
        insertSeries.setString(2, descriptor.key().metric());
        insertSeries.setString(3, Labels.json(descriptor.key()));
        insertSeries.setString(4, descriptor.unit().code());
        insertSeries.setString(5, Labels.kind(descriptor));
        insertSeries.executeUpdate();
        numbers.put(descriptor.key(), lastNumber);
        return lastNumber;
    }

    /** Deletes some of what is sealed. */
    private void trim() throws SQLException {
        long through = sealed;
        if (trimmed >= through) {
            return;
        }
        trim.setLong(1, through);
        if (trim.executeUpdate() == TRIMMED_AT_A_TIME) {
            return;
        }
        trimmed = through;
        if (through >= oldNumbersUntil && oldNumbers > 0) {
            forget.setInt(1, oldNumbers);
            forget.executeUpdate();
            oldNumbers = 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
