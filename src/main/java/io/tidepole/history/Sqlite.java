package io.tidepole.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** How files are opened, and what their problems mean. */
final class Sqlite {
    private static final int BUSY_MILLIS = 10_000;

    private Sqlite() {}

    /** The layout of a file: its first version, and the steps from each version to the next. */
    record Schema(int applicationId, List<String> create, List<List<String>> migrations) {
        int version() {
            return migrations.size() + 1;
        }
    }

    /** A connection that writes: write-ahead log, and a sync with each commit. */
    static Connection writer(Path file, Schema schema) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try {
            prepare(connection, schema);
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection that reads, also from a folder that cannot be written. A file of an older version is brought up. */
    static Connection reader(Path file, Schema schema) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(BUSY_MILLIS);
        config.setCacheSize(-1_024);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            int version = number(statement, "PRAGMA user_version");
            if (version > 0 && version < schema.version()) {
                writer(file, schema).close();
            } else if (version != schema.version()) {
                throw new SQLException("it is not of version " + schema.version());
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            if (code(e) != SQLiteErrorCode.SQLITE_CANTOPEN) {
                throw e;
            }
            return config.createConnection("jdbc:sqlite:file:" + file + "?immutable=1");
        }
    }

    private static void prepare(Connection connection, Schema schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA user_version") == schema.version()) {
                return;
            }
            connection.setAutoCommit(false);
            // Another may have brought it up meanwhile.
            int version = number(statement, "PRAGMA user_version");
            if (version > schema.version()) {
                throw new SQLException("it was written by a newer version");
            }
            if (version == 0) {
                statement.executeUpdate("PRAGMA application_id = " + schema.applicationId());
                run(statement, schema.create());
            }
            for (int from = Math.max(1, version); from < schema.version(); from++) {
                run(statement, schema.migrations().get(from - 1));
            }
            statement.executeUpdate("PRAGMA user_version = " + schema.version());
            connection.commit();
        }
    }

    private static void run(Statement statement, List<String> commands) throws SQLException {
        for (String command : commands) {
            statement.executeUpdate(command);
        }
    }

    private static int number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    static SQLiteErrorCode code(SQLException problem) {
        return problem instanceof SQLiteException ours ? ours.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
    }

    /** Whether the file is not what was written. */
    static boolean isDamage(SQLException problem) {
        return switch (code(problem).code & 0xff) {
            case 11, 26 -> true; // SQLITE_CORRUPT, SQLITE_NOTADB
            default -> false;
        };
    }

    /** Moves a file and what belongs to it out of the way, and returns its new name. */
    static Path setAside(Path file, long nowMillis) throws IOException {
        Path aside = beside(file, ".damaged-" + nowMillis / 1_000);
        for (String suffix : List.of("-wal", "-shm", "")) {
            if (Files.exists(beside(file, suffix))) {
                Files.move(beside(file, suffix), beside(aside, suffix));
            }
        }
        return aside;
    }

    static void delete(Path file) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(beside(file, suffix));
        }
    }

    /** Bytes of a file and of what belongs to it; 0 if it is not there. */
    static long bytes(Path file) {
        long bytes = 0;
        for (String suffix : List.of("", "-wal", "-shm")) {
            bytes += beside(file, suffix).toFile().length();
        }
        return bytes;
    }

    private static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }
}
