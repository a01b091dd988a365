package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.window.Aggregate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of older and newer versions. */
final class SqliteTest {
    private static final List<String> CREATE = List.of("CREATE TABLE kept (value INTEGER NOT NULL)");
    private static final Sqlite.Schema FIRST = new Sqlite.Schema(7, CREATE, List.of());
    private static final Sqlite.Schema THIRD = new Sqlite.Schema(
            7,
            CREATE,
            List.of(
                    List.of("ALTER TABLE kept ADD COLUMN unit TEXT NOT NULL DEFAULT 'm'"),
                    List.of("UPDATE kept SET value = value * 100, unit = 'cm'")));

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writtenByTheFirstVersion() throws SQLException {
        file = folder.resolve("a.db");
        try (Connection connection = Sqlite.writer(file, FIRST);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO kept VALUES (3)");
            connection.commit();
        }
    }

    private static String row(Connection connection, String query) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            assertThat(row.next()).isTrue();
            return row.getString(1);
        }
    }

    @Test
    void olderFile_thatIsOpenedForWriting_isBroughtUpOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertThat(row(Sqlite.writer(file, THIRD), "SELECT value || unit FROM kept"))
                    .isEqualTo("300cm");
        }
        assertThat(row(Sqlite.writer(file, THIRD), "PRAGMA user_version")).isEqualTo("3");
    }

    @Test
    void olderFile_thatIsRead_isBroughtUp() throws Exception {
        assertThat(row(Sqlite.reader(file, THIRD), "SELECT value || unit FROM kept"))
                .isEqualTo("300cm");
    }

    @Test
    void day_ofTheFirstVersion_hasItsHoursStill() throws Exception {
        Sqlite.Schema first = new Sqlite.Schema(DayWriter.SCHEMA.applicationId(), DayWriter.SCHEMA.create(), List.of());
        Path day = folder.resolve("2026-01-31.db");
        try (Connection connection = Sqlite.writer(day, first);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO series VALUES (1, 'm', '{}', '1', 'gauge')");
            statement.executeUpdate("INSERT INTO hour VALUES (1, 3600000, 2, 3, 5, 8, 0, 3, 1, 5, 0, 2, x'')");
            connection.commit();
        }

        Map<Long, Aggregate> hours = new TreeMap<>();
        try (DayReader reader = DayReader.open(day)) {
            reader.tier(1, Archive.Tier.HOUR, 0, 7_200_000, hours);
        }
        assertThat(hours).containsOnlyKeys(3_600_000L);
        assertThat(hours.values()).extracting(Aggregate::sum).containsExactly(8.0);
    }

    @Test
    void newFile_hasTheNewestVersion() throws Exception {
        assertThat(row(Sqlite.writer(folder.resolve("b.db"), THIRD), "PRAGMA user_version"))
                .isEqualTo("3");
    }

    @Test
    void newerFile_isRefusedAndLeftAlone() throws Exception {
        Sqlite.writer(file, THIRD).close();
        byte[] before = Files.readAllBytes(file);

        assertThatThrownBy(() -> Sqlite.writer(file, FIRST)).hasMessage("it was written by a newer version");
        assertThatThrownBy(() -> Sqlite.reader(file, FIRST)).hasMessage("it is not of version 1");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void stepThatFails_leavesTheFileAsItWas() throws Exception {
        Sqlite.Schema broken = new Sqlite.Schema(
                7, CREATE, List.of(List.of("UPDATE kept SET value = 0", "INSERT INTO nowhere VALUES (1)")));

        assertThatThrownBy(() -> Sqlite.writer(file, broken)).hasMessageContaining("nowhere");
        assertThat(row(Sqlite.reader(file, FIRST), "SELECT value FROM kept")).isEqualTo("3");
    }
}
