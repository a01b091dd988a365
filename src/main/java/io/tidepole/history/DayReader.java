package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Distribution;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the file of one day. Used by one thread at a time. */
final class DayReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DayReader.class);

    private final Path path;
    private final Connection connection;
    private final PreparedStatement find;
    private final PreparedStatement chunks;
    private final PreparedStatement late;
    private final PreparedStatement stale;
    private final PreparedStatement hours;
    private final PreparedStatement minutes;
    private final PreparedStatement any;

    /** A series and the number that it has in this file. */
    record Numbered(int number, Descriptor series) {}

    private DayReader(Path path, Connection connection) throws SQLException {
        this.path = path;
        this.connection = connection;
        find = connection.prepareStatement(
                "SELECT id, " + Labels.COLUMNS + " FROM series WHERE metric = ? AND labels = ?");
        chunks = connection.prepareStatement("SELECT data FROM chunk WHERE series = ?1 AND from_micros < ?3"
                + " AND from_micros >= coalesce((SELECT max(from_micros) FROM chunk WHERE series = ?1"
                + " AND from_micros <= ?2), ?2) ORDER BY from_micros");
        late = connection.prepareStatement(
                "SELECT data FROM late WHERE series = ? AND last_micros >= ? AND from_micros < ? ORDER BY id");
        stale = connection.prepareStatement("SELECT start_millis FROM stale WHERE series = ?");
        hours = connection.prepareStatement("SELECT start_millis, count, min, max, sum, first_micros, first,"
                + " last_micros, last, since_micros, increase FROM hour"
                + " WHERE series = ? AND start_millis >= ? AND start_millis < ? ORDER BY start_millis");
        minutes = connection.prepareStatement("SELECT start_millis, minutes FROM hour"
                + " WHERE series = ? AND start_millis >= ? AND start_millis < ? ORDER BY start_millis");
        any = connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM chunk WHERE series = ?1 AND from_micros < ?3"
                + " AND last_micros >= ?2 AND from_micros >= coalesce((SELECT max(from_micros) FROM chunk"
                + " WHERE series = ?1 AND from_micros <= ?2), ?2))"
                + " OR EXISTS (SELECT 1 FROM late WHERE series = ?1 AND last_micros >= ?2 AND from_micros < ?3)");
    }

    static DayReader open(Path path) throws SQLException {
        Connection connection = Sqlite.reader(path, DayWriter.SCHEMA);
        try {
            return new DayReader(path, connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A series, if it is in this file. */
    Optional<Numbered> find(SeriesKey key) throws SQLException {
        find.setString(1, key.metric());
        find.setString(2, Labels.json(key));
        try (ResultSet row = find.executeQuery()) {
            return row.next() ? Optional.of(new Numbered(row.getInt(1), Labels.descriptor(row, 2))) : Optional.empty();
        }
    }

    /**
     * Series among which are all that are chosen. Labels are compared as text, here where they lie: reading ten thousand
     * of them to choose one takes longer than its chart.
     */
    List<Numbered> candidates(List<Selector> selectors) throws SQLException {
        StringBuilder query = new StringBuilder("SELECT id, " + Labels.COLUMNS + " FROM series WHERE TRUE");
        List<String> texts = new ArrayList<>();
        if (selectors.size() == 1) {
            selectors.get(0).metric().ifPresent(metric -> {
                query.append(" AND metric = ?");
                texts.add(metric);
            });
            selectors.get(0).fixedLabels().forEach((label, value) -> {
                query.append(" AND instr(labels, ?)");
                texts.add(Labels.member(label, value));
            });
        }
        List<Numbered> series = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query.toString())) {
            for (int i = 0; i < texts.size(); i++) {
                statement.setString(i + 1, texts.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    series.add(new Numbered(row.getInt(1), Labels.descriptor(row, 2)));
                }
            }
        }
        return series;
    }

    /** Whether a series has samples with from <= time < until, or at least chunks that span it. */
    boolean hasAny(int series, long fromMicros, long untilMicros) throws SQLException {
        range(any, series, fromMicros, untilMicros);
        try (ResultSet row = any.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Hands over samples with from <= time < until: those of this file, overlaid by others. */
    void scan(int series, long fromMicros, long untilMicros, Columns others, Samples.Visitor visitor)
            throws SQLException {
        Overlay overlay = new Overlay(late(series, fromMicros, untilMicros).overlaidBy(others), visitor);
        range(chunks, series, fromMicros, untilMicros);
        try (ResultSet row = chunks.executeQuery()) {
            while (row.next()) {
                decode(row.getBytes(1)).scan(fromMicros, untilMicros, overlay);
            }
        }
        overlay.end();
    }

    private Columns late(int series, long fromMicros, long untilMicros) throws SQLException {
        Columns all = Columns.EMPTY;
        range(late, series, fromMicros, untilMicros);
        try (ResultSet row = late.executeQuery()) {
            while (row.next()) {
                all = all.overlaidBy(decode(row.getBytes(1)).between(fromMicros, untilMicros));
            }
        }
        return all;
    }

    private Columns decode(byte[] data) {
        try {
            return ChunkCodec.decode(data);
        } catch (DamagedException e) {
            LOG.error("{}: a chunk is damaged and left out: {}", path, e.getMessage());
            return Columns.EMPTY;
        }
    }

    /** Starts of the hours of a series whose tiers are not to be trusted. */
    Set<Long> stale(int series) throws SQLException {
        Set<Long> starts = new HashSet<>();
        stale.setInt(1, series);
        try (ResultSet row = stale.executeQuery()) {
            while (row.next()) {
                starts.add(row.getLong(1));
            }
        }
        return starts;
    }

    /** The start of the oldest hour of any series whose tiers are not to be trusted; the greatest long if there is none. */
    long firstStaleMillis() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT min(start_millis) FROM stale")) {
            long first = row.getLong(1);
            return row.wasNull() ? Long.MAX_VALUE : first;
        }
    }

    /** Adds the windows of a tier in the hours that start in [from, until), by their start; true if there are any. */
    boolean tier(int series, Archive.Tier tier, long fromMillis, long untilMillis, Map<Long, Aggregate> windows)
            throws SQLException {
        PreparedStatement query = tier == Archive.Tier.HOUR ? hours : minutes;
        range(query, series, fromMillis, untilMillis);
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                if (tier == Archive.Tier.HOUR) {
                    windows.put(row.getLong(1), hour(row));
                } else {
                    minutes(row.getLong(1), row.getBytes(2), windows);
                }
            }
        }
        return !windows.isEmpty();
    }

    private void minutes(long startMillis, byte[] data, Map<Long, Aggregate> windows) {
        try {
            TierCodec.decode(startMillis * 1_000, data)
                    .forEach((startMicros, minute) -> windows.put(startMicros / 1_000, minute));
        } catch (DamagedException e) {
            LOG.error("{}: the minutes of an hour are damaged and left out: {}", path, e.getMessage());
        }
    }

    private static Aggregate hour(ResultSet row) throws SQLException {
        return new Aggregate(
                row.getLong(2),
                row.getDouble(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getLong(6),
                row.getDouble(7),
                row.getLong(8),
                row.getDouble(9),
                row.getLong(10),
                row.getDouble(11),
                Distribution.NONE);
    }

    private static void range(PreparedStatement query, int series, long from, long until) throws SQLException {
        query.setInt(1, series);
        query.setLong(2, from);
        query.setLong(3, until);
    }

    /** The last commit of the log of which this file has everything. */
    long sealed() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sealed FROM progress")) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("{} could not be closed: {}", path, e.getMessage());
        }
    }
}
