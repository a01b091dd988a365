package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the file of one day. Used by one thread; nothing counts before {@link #commit}. */
final class DayWriter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayWriter.class);
    /** Samples that a chunk has about; half of it is topped up. */
    private static final int CHUNK = 120;
    /** {@code Tday} */
    private static final int APPLICATION_ID = 0x54646179;

    static final Sqlite.Schema SCHEMA = new Sqlite.Schema(
            APPLICATION_ID,
            List.of(
                    "CREATE TABLE progress (sealed INTEGER NOT NULL)",
                    "INSERT INTO progress VALUES (0)",
                    "CREATE TABLE series (id INTEGER PRIMARY KEY, metric TEXT NOT NULL, labels TEXT NOT NULL,"
                            + " unit TEXT NOT NULL, kind TEXT NOT NULL, UNIQUE (metric, labels))",
                    "CREATE TABLE chunk (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, from_micros INTEGER NOT NULL,"
                            + " last_micros INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL)",
                    "CREATE INDEX chunk_of_series ON chunk (series, from_micros)",
                    "CREATE TABLE late (id INTEGER PRIMARY KEY, series INTEGER NOT NULL, from_micros INTEGER NOT NULL,"
                            + " last_micros INTEGER NOT NULL, samples INTEGER NOT NULL, data BLOB NOT NULL)",
                    "CREATE INDEX late_of_series ON late (series)",
                    "CREATE TABLE hour (series INTEGER NOT NULL, start_millis INTEGER NOT NULL, count INTEGER NOT NULL,"
                            + " min REAL, max REAL, sum REAL, first_micros INTEGER NOT NULL, first REAL,"
                            + " last_micros INTEGER NOT NULL, last REAL, since_micros INTEGER NOT NULL, increase REAL,"
                            + " minutes BLOB NOT NULL, PRIMARY KEY (series, start_millis)) WITHOUT ROWID",
                    "CREATE TABLE stale (series INTEGER NOT NULL, start_millis INTEGER NOT NULL,"
                            + " PRIMARY KEY (series, start_millis)) WITHOUT ROWID",
                    "CREATE INDEX stale_by_time ON stale (start_millis)"),
            List.of(List.of(
                    "ALTER TABLE hour RENAME TO hour_1",
                    "CREATE TABLE hour (series INTEGER NOT NULL, start_millis INTEGER NOT NULL, count INTEGER NOT NULL,"
                            + " min REAL, max REAL, sum REAL, first_micros INTEGER NOT NULL, first REAL,"
                            + " last_micros INTEGER NOT NULL, last REAL, since_micros INTEGER NOT NULL, increase REAL,"
                            + " minutes BLOB NOT NULL, PRIMARY KEY (series, start_millis))",
                    "INSERT INTO hour SELECT * FROM hour_1",
                    "DROP TABLE hour_1")));

    private final Connection connection;
    private final long day;
    private final Map<SeriesKey, Integer> numbers = new HashMap<>();
    private final PreparedStatement insertSeries;
    private final PreparedStatement lastChunk;
    private final PreparedStatement insertChunk;
    private final PreparedStatement updateChunk;
    private final PreparedStatement lastLate;
    private final PreparedStatement insertLate;
    private final PreparedStatement updateLate;
    private final PreparedStatement markStale;
    private final PreparedStatement seal;
    private long sealed;

    /** An hour of a series whose tiers have to be computed. */
    record Stale(int number, Descriptor series, long startMillis) {}

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Last(long id, long lastMicros, int samples, byte[] data) {}

    private DayWriter(Connection connection, long day) throws SQLException {
        this.connection = connection;
        this.day = day;
        insertSeries = connection.prepareStatement("INSERT INTO series VALUES (?, ?, ?, ?, ?)");
        lastChunk = connection.prepareStatement("SELECT id, last_micros, samples, data FROM chunk WHERE series = ?"
                + " ORDER BY from_micros DESC LIMIT 1");
        insertChunk = connection.prepareStatement(
                "INSERT INTO chunk (series, from_micros, last_micros, samples, data) VALUES (?, ?, ?, ?, ?)");
        updateChunk = connection.prepareStatement(
                "UPDATE chunk SET from_micros = ?, last_micros = ?, samples = ?, data = ? WHERE id = ?");
        lastLate = connection.prepareStatement(
                "SELECT id, last_micros, samples, data FROM late WHERE series = ? ORDER BY id DESC LIMIT 1");
        insertLate = connection.prepareStatement(
                "INSERT INTO late (series, from_micros, last_micros, samples, data) VALUES (?, ?, ?, ?, ?)");
        updateLate = connection.prepareStatement(
                "UPDATE late SET from_micros = ?, last_micros = ?, samples = ?, data = ? WHERE id = ?");
        markStale = connection.prepareStatement("INSERT OR IGNORE INTO stale VALUES (?, ?)");
        seal = connection.prepareStatement("UPDATE progress SET sealed = ?");
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery("SELECT sealed FROM progress")) {
                sealed = row.next() ? row.getLong(1) : 0;
            }
            try (ResultSet row = statement.executeQuery("SELECT id, " + Labels.COLUMNS + " FROM series")) {
                while (row.next()) {
                    numbers.put(Labels.descriptor(row, 2).key(), row.getInt(1));
                }
            }
        }
        connection.commit();
    }

    static DayWriter open(Path file, long day) throws SQLException {
        Connection connection = Sqlite.writer(file, SCHEMA);
        try {
            return new DayWriter(connection, day);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** The last commit of the log of which this file has everything. */
    long sealed() {
        return sealed;
    }

    /** Adds samples of this day: in chunks what is newer than all before it, beside them what is not. */
    void add(Descriptor descriptor, Columns run) throws SQLException {
        int series = number(descriptor);
        Last last = last(lastChunk, series);
        int newer = last == null ? 0 : run.firstFrom(last.lastMicros + 1);
        if (newer > 0) {
            addLate(series, run.part(0, newer));
        }
        if (newer < run.size()) {
            addNewer(series, last, run.part(newer, run.size()));
        }
    }

    private void addNewer(int series, @org.jspecify.annotations.Nullable Last last, Columns run) throws SQLException {
        boolean tops = last != null && last.samples < CHUNK / 2;
        Columns all = tops ? Columns.EMPTY : run;
        if (last != null && tops) {
            all = decoded(last).overlaidBy(run);
        }
        int pieces = Math.max(1, Math.round(all.size() / (float) CHUNK));
        for (int i = 0; i < pieces; i++) {
            Columns piece =
                    all.part((int) ((long) all.size() * i / pieces), (int) ((long) all.size() * (i + 1) / pieces));
            if (last != null && tops && i == 0) {
                update(updateChunk, last.id, piece);
            } else {
                insert(insertChunk, series, piece);
            }
        }
    }

    private Columns decoded(Last last) {
        try {
            return ChunkCodec.decode(last.data);
        } catch (DamagedException e) {
            LOG.error("day {}: a chunk is damaged and goes: {}", day, e.getMessage());
            return Columns.EMPTY;
        }
    }

    private void addLate(int series, Columns run) throws SQLException {
        Last last = last(lastLate, series);
        if (last == null || last.samples >= CHUNK / 2) {
            insert(insertLate, series, run);
        } else {
            update(updateLate, last.id, decoded(last).overlaidBy(run));
        }
    }

    private static @org.jspecify.annotations.Nullable Last last(PreparedStatement query, int series)
            throws SQLException {
        query.setInt(1, series);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? new Last(row.getLong(1), row.getLong(2), row.getInt(3), row.getBytes(4)) : null;
        }
    }

    private static void insert(PreparedStatement insert, int series, Columns run) throws SQLException {
        insert.setInt(1, series);
        set(insert, 2, run);
        insert.executeUpdate();
    }

    private static void update(PreparedStatement update, long id, Columns run) throws SQLException {
        set(update, 1, run);
        update.setLong(5, id);
        update.executeUpdate();
    }

    private static void set(PreparedStatement statement, int column, Columns run) throws SQLException {
        statement.setLong(column, run.time(0));
        statement.setLong(column + 1, run.lastMicros());
        statement.setInt(column + 2, run.size());
        statement.setBytes(column + 3, ChunkCodec.encode(run));
    }

    /** The tiers of these hours have to be computed anew, if the series is in this file at all. */
    void stale(Descriptor descriptor, Set<Long> startsMillis) throws SQLException {
        Integer series = numbers.get(descriptor.key());
        if (series == null) {
            return;
        }
        for (long start : startsMillis) {
            markStale.setInt(1, series);
            markStale.setLong(2, start);
            markStale.executeUpdate();
        }
    }

    private int number(Descriptor descriptor) throws SQLException {
        Integer known = numbers.get(descriptor.key());
        if (known != null) {
            return known;
        }
        int number = numbers.size() + 1;
        insertSeries.setInt(1, number);
        insertSeries.setString(2, descriptor.key().metric());
        insertSeries.setString(3, Labels.json(descriptor.key()));
        insertSeries.setString(4, descriptor.unit().code());
        insertSeries.setString(5, Labels.kind(descriptor));
        insertSeries.executeUpdate();
        numbers.put(descriptor.key(), number);
        return number;
    }

    /** Some hours that started before a time and are to be computed; they are taken as done with the next commit. */
    List<Stale> stale(long beforeMillis, int most) throws SQLException {
        List<Stale> hours = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement("SELECT id, start_millis, " + Labels.COLUMNS
                + " FROM stale JOIN series ON id = series WHERE start_millis < ? ORDER BY start_millis LIMIT ?")) {
            query.setLong(1, beforeMillis);
            query.setInt(2, most);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    hours.add(new Stale(row.getInt(1), Labels.descriptor(row, 3), row.getLong(2)));
                }
            }
        }
        return hours;
    }

    /** Writes the tiers of one hour. */
    void tiers(Stale hour, Map<Long, Aggregate> minutes, @org.jspecify.annotations.Nullable Aggregate whole)
            throws SQLException {
        try (PreparedStatement done =
                        connection.prepareStatement("DELETE FROM stale WHERE series = ? AND start_millis = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT OR REPLACE INTO hour VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            done.setInt(1, hour.number);
            done.setLong(2, hour.startMillis);
            done.executeUpdate();
            if (whole != null) {
                insert.setInt(1, hour.number);
                insert.setLong(2, hour.startMillis);
                insert.setLong(3, whole.count());
                insert.setDouble(4, whole.min());
                insert.setDouble(5, whole.max());
                insert.setDouble(6, whole.sum());
                insert.setLong(7, whole.firstMicros());
                insert.setDouble(8, whole.first());
                insert.setLong(9, whole.lastMicros());
                insert.setDouble(10, whole.last());
                insert.setLong(11, whole.sinceMicros());
                insert.setDouble(12, whole.increase());
                insert.setBytes(13, TierCodec.encode(hour.startMillis * 1_000, minutes));
                insert.executeUpdate();
            }
        }
    }

    /** Lets the file grow to so many pages, as if the disk were full then; for tests. */
    void limit(int pages) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA max_page_count = " + pages);
        }
    }

    /** Makes it all count. */
    void commit() throws SQLException {
        connection.commit();
    }

    /** Makes it all count, and notes that everything up to a commit of the log is here. */
    void commit(long through) throws SQLException {
        seal.setLong(1, through);
        seal.executeUpdate();
        connection.commit();
        sealed = through;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("day {} could not be closed: {}", day, e.getMessage());
        }
    }
}
