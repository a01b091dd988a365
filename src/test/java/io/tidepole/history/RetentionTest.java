package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days go, by a clock that is moved. */
final class RetentionTest {
    private static final long HOUR_MILLIS = 3_600_000;
    private static final long DAY_MILLIS = 24 * HOUR_MILLIS;
    /** 2026-03-31T12:00:00Z. */
    private static final long NOON_MILLIS = 1_774_958_400_000L;

    @TempDir
    private Path folder;

    private long nowMillis = NOON_MILLIS;
    private long nowNanos = 5;

    /** Ten days to the 31st, each with a write-ahead log. */
    @BeforeEach
    void tenDays() throws IOException {
        for (int day = 22; day <= 31; day++) {
            Files.write(folder.resolve("2026-03-" + day + ".db"), new byte[1_000]);
            Files.write(folder.resolve("2026-03-" + day + ".db-wal"), new byte[500]);
        }
    }

    private Retention keeping(int days, long bytes) {
        return new Retention(days * DAY_MILLIS * 1_000, bytes, nowMillis, nowNanos);
    }

    private void pass(long millis) {
        nowMillis += millis;
        nowNanos += millis * 1_000_000;
    }

    /** Drops one day after the other until none is to go; looks every minute for so long. */
    private void tend(Retention retention, long forMillis) throws IOException {
        Days days = Days.in(folder);
        for (long end = nowMillis + forMillis; nowMillis <= end; pass(60_000)) {
            Optional<DayFile> old = retention.next(days, days.bytes(), nowMillis, nowNanos);
            while (old.isPresent()) {
                days.drop(old.get());
                old = retention.next(days, days.bytes(), nowMillis, nowNanos);
            }
        }
    }

    private String left() throws IOException {
        Days days = Days.in(folder);
        long files;
        try (var all = Files.list(folder)) {
            files = all.count();
        }
        assertThat(files)
                .as("a day goes with all that belongs to it")
                .isEqualTo(2L * days.all().size());
        return days.oldest()
                .map(day -> LocalDate.ofEpochDay(day.day).toString())
                .orElse("none");
    }

    @Test
    void day_thatIsTooOld_goesOnceTheClockHasRunEvenlyForAnHour() throws Exception {
        Retention retention = keeping(5, Long.MAX_VALUE);
        tend(retention, HOUR_MILLIS - 60_000);
        assertThat(left()).isEqualTo("2026-03-22");
        tend(retention, 60_000);
        assertThat(left()).isEqualTo("2026-03-26");
    }

    @Test
    void day_goesWhenItsLastHourIsTooOld() throws Exception {
        Retention retention = keeping(5, Long.MAX_VALUE);
        tend(retention, 11 * HOUR_MILLIS);
        assertThat(left()).isEqualTo("2026-03-26");
        tend(retention, 2 * HOUR_MILLIS);
        assertThat(left()).isEqualTo("2026-03-27");
    }

    @Test
    void clock_thatLeapsAYearAheadAndBack_dropsNothing() throws Exception {
        Retention retention = keeping(20, Long.MAX_VALUE);
        tend(retention, 2 * HOUR_MILLIS);
        nowMillis += 365 * DAY_MILLIS;
        tend(retention, HOUR_MILLIS / 2);
        nowMillis -= 365 * DAY_MILLIS;
        tend(retention, 2 * HOUR_MILLIS);
        assertThat(left()).isEqualTo("2026-03-22");
    }

    @Test
    void clock_thatLeapsBack_keepsMoreRatherThanLess() throws Exception {
        Retention retention = keeping(5, Long.MAX_VALUE);
        nowMillis -= 30 * DAY_MILLIS;
        tend(retention, 3 * HOUR_MILLIS);
        assertThat(left()).isEqualTo("2026-03-22");
    }

    @Test
    void oldestDays_goAtOnceWhereThereAreTooManyBytes() throws Exception {
        tend(keeping(20, 6_200), 0);
        assertThat(left()).isEqualTo("2026-03-28");
    }

    @Test
    void newestDay_staysHoweverLargeItIs() throws Exception {
        tend(keeping(20, 1), 0);
        assertThat(left()).isEqualTo("2026-03-31");
    }
}
