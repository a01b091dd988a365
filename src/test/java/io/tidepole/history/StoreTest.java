package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.config.Config;
import io.tidepole.config.HistoryConfig;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Aggregate;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on real files: what was acknowledged is there again, whatever happened to the process or to the files. */
final class StoreTest {
    /** 2026-01-31T12:00:00Z. */
    private static final long NOON_MICROS = 1_769_860_800_000_000L;

    private static final long SECOND = 1_000_000;

    @TempDir
    private Path folder;

    private final AtomicLong clockMillis = new AtomicLong(NOON_MICROS / 1_000);
    private final List<Store> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(Store::close);
    }

    private Store open(Path where) {
        HistoryConfig config = Config.of(Map.of("history.commit_delay", "0ms")).history();
        Store store = new Store(where, config, clockMillis::get);
        store.open();
        opened.add(store);
        return store;
    }

    private static Descriptor series(String device) {
        return Descriptor.gauge(SeriesKey.of("temperature", "device", device), Unit.CELSIUS);
    }

    private static ReadingBatch batch(String device, long fromMicros, int count) {
        ReadingBatch.Builder batch = new ReadingBatch.Builder(count);
        for (int i = 0; i < count; i++) {
            batch.add(series(device), fromMicros + i * SECOND, i / 2.0);
        }
        return batch.build(fromMicros + count * SECOND);
    }

    private static void append(Store store, ReadingBatch batch) throws Exception {
        await(store.append(batch));
    }

    private static void await(Future<?> future) throws Exception {
        future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static boolean isKept(Store store, ReadingBatch batch) {
        Future<Void> kept = store.append(batch);
        until(kept::isComplete);
        return kept.succeeded();
    }

    private static void until(BooleanSupplier condition) {
        long endNanos = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(endNanos);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static void seal(Store store) {
        store.sealSoon();
        until(() -> store.figures().unsealed() == 0);
    }

    /** The greatest value of the hour in which a time is, as it is written in the file of its day. */
    private static double writtenMax(Path folder, long micros) throws IOException {
        TreeMap<Long, Aggregate> hours = new TreeMap<>();
        DayFile day = Days.in(folder).find(DayFile.dayOf(micros)).orElseThrow();
        long hourMillis = Math.floorDiv(micros / 1_000, Hours.HOUR_MILLIS) * Hours.HOUR_MILLIS;
        day.read(false, reader -> {
            int number = reader.find(series("x").key()).orElseThrow().number();
            return reader.tier(number, Archive.Tier.HOUR, hourMillis, hourMillis + Hours.HOUR_MILLIS, hours);
        });
        assertThat(day.read(0L, DayReader::firstStaleMillis)).isEqualTo(Long.MAX_VALUE);
        day.close();
        return Objects.requireNonNull(hours.get(hourMillis)).max();
    }

    private static int count(Store store, String device) {
        int[] count = new int[1];
        store.archive().scan(series(device).key(), 0, Long.MAX_VALUE / 2, (time, value) -> count[0]++);
        return count[0];
    }

    /** What a disk holds at this moment. */
    private Path copy(String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve("a"))) {
            for (Path file : files) {
                if (!file.getFileName().toString().endsWith("-shm")) {
                    Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return copy;
    }

    @Test
    void reading_thatWasAcknowledged_isInTheArchiveAndAfterAReopening() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        assertThat(count(store, "x")).isEqualTo(10);
        store.close();

        assertThat(count(open(folder.resolve("a")), "x")).isEqualTo(10);
    }

    @Test
    void reading_thatWasAcknowledged_survivesWhereOnlyTheFilesAreLeft() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        Path unsealed = copy("unsealed");
        seal(store);
        Path sealed = copy("sealed");
        append(store, batch("x", NOON_MICROS + 10 * SECOND, 10));

        assertThat(count(open(unsealed), "x")).isEqualTo(10);
        assertThat(count(open(sealed), "x")).isEqualTo(10);
        assertThat(count(open(copy("both")), "x")).isEqualTo(20);
    }

    @Test
    void sealedReadings_whoseLogIsNotTrimmed_areNotSealedAgain() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 100));
        seal(store);
        Store again = open(copy("b"));

        assertThat(again.figures().unsealed()).isZero();
        assertThat(count(again, "x")).isEqualTo(100);
    }

    @Test
    void writeAheadLog_cutOffAnywhere_losesWhatIsBehindTheCutAndNothingElse() throws Exception {
        Store store = open(folder.resolve("a"));
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            append(store, batch("x", NOON_MICROS + i * SECOND, 1));
            sizes.add(Files.size(folder.resolve("a/log.db-wal")));
        }
        for (int kept = 1; kept <= sizes.size(); kept++) {
            for (int extra : new int[] {0, 1, 100}) {
                Path cut = copy("cut-" + kept + "-" + extra);
                try (var channel = Files.newByteChannel(cut.resolve("log.db-wal"), StandardOpenOption.WRITE)) {
                    channel.truncate(sizes.get(kept - 1) + extra);
                }
                assertThat(count(open(cut), "x")).isEqualTo(kept);
            }
        }
    }

    @Test
    void sameTime_again_isOneSampleAndTheLastWriteCounts() throws Exception {
        Store store = open(folder.resolve("a"));
        for (int i = 1; i <= 3; i++) {
            append(
                    store,
                    new ReadingBatch.Builder(1).add(series("x"), NOON_MICROS, i).build(NOON_MICROS));
            if (i < 3) {
                seal(store);
            }
        }

        List<Double> values = new ArrayList<>();
        store.archive().scan(series("x").key(), 0, Long.MAX_VALUE / 2, (time, value) -> values.add(value));
        assertThat(values).containsExactly(3.0);
    }

    @Test
    void tiers_ofDaysThatAreBackfilledOrCorrected_areWrittenAnew() throws Exception {
        long day = DayFile.DAY_MICROS;
        Store store = open(folder.resolve("a"));
        for (int back = 1; back <= 6; back++) {
            append(store, batch("x", NOON_MICROS - back * day, 10));
        }
        seal(store);
        until(store::isSettled);
        for (int back = 1; back <= 6; back++) {
            assertThat(writtenMax(folder.resolve("a"), NOON_MICROS - back * day))
                    .isEqualTo(4.5);
        }

        append(
                store,
                new ReadingBatch.Builder(1)
                        .add(series("x"), NOON_MICROS - 6 * day + SECOND, 99)
                        .build(NOON_MICROS));
        seal(store);
        store.close();
        until(open(folder.resolve("a"))::isSettled);
        assertThat(writtenMax(folder.resolve("a"), NOON_MICROS - 6 * day)).isEqualTo(99);
    }

    @Test
    void diskFull_refusesAndGoesOnWhenThereIsRoomAgain() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        store.limitLog(10);
        assertThatThrownBy(() -> append(store, batch("x", NOON_MICROS + 10 * SECOND, 10_000)))
                .isInstanceOf(ExecutionException.class)
                .hasRootCauseInstanceOf(UnkeptException.class)
                .hasRootCauseMessage("the disk is full");
        assertThat(store.figures().state()).isEqualTo(DiskState.FULL);
        assertThat(count(store, "x")).isEqualTo(10);

        until(() -> isKept(store, batch("x", NOON_MICROS + 10 * SECOND, 10_000)));
        assertThat(store.figures().state()).isEqualTo(DiskState.GOOD);
        store.close();
        assertThat(count(open(folder.resolve("a")), "x")).isEqualTo(10_010);
    }

    @Test
    void diskFull_whileItIsSealed_keepsTheReadingsInTheLogAndSealsThemLater() throws Exception {
        Days days = Days.in(folder);
        Tail tail = new Tail();
        DiskArchive archive = new DiskArchive(days, tail);
        AtomicLong through = new AtomicLong();
        Sealer sealer = new Sealer(days, tail, archive, through::set, () -> {});
        tail.add(1, List.of(batch("x", NOON_MICROS, 10)));
        sealer.seal();
        tail.add(2, List.of(batch("x", NOON_MICROS + 10 * SECOND, 200_000)));
        days.of(DayFile.dayOf(NOON_MICROS)).writer().limit(1);

        assertThatThrownBy(sealer::seal).satisfies(problem -> assertThat(DiskState.of((SQLException) problem))
                .isEqualTo(DiskState.FULL));
        assertThat(through).hasValue(1);
        int[] count = new int[1];
        archive.scan(series("x").key(), 0, Long.MAX_VALUE / 2, (time, value) -> count[0]++);
        assertThat(count[0]).isEqualTo(200_010);

        sealer.seal();
        assertThat(through).hasValue(2);
        assertThat(tail.samples()).isZero();
        archive.scan(series("x").key(), 0, Long.MAX_VALUE / 2, (time, value) -> count[0]++);
        assertThat(count[0]).isEqualTo(400_020);
        days.close();
    }

    @Test
    void clock_thatJumpsBackAndForth_losesNothing() throws Exception {
        Store store = open(folder.resolve("a"));
        long yearMillis = 365L * 86_400_000;
        for (int i = 0; i < 6; i++) {
            clockMillis.addAndGet(i % 2 == 0 ? yearMillis : -yearMillis);
            long nowMicros = clockMillis.get() * 1_000;
            append(store, batch("x", nowMicros + i * 20L * SECOND, 10));
            seal(store);
        }
        until(store::isSettled);
        assertThat(count(store, "x")).isEqualTo(60);
        store.close();
        assertThat(count(open(folder.resolve("a")), "x")).isEqualTo(60);
        assertThat(names("a")).contains("2026-01-31.db", "2027-01-31.db");
    }

    @Test
    void labels_ofAnyText_areFoundInTheFilesOfDays() throws Exception {
        Store store = open(folder.resolve("a"));
        List<String> devices = List.of("x", "x1", "\"x\"", "a\\b", "\u00dcberlauf", "y\",\"device\":\"x");
        for (String device : devices) {
            append(store, batch(device, NOON_MICROS, 1));
        }
        seal(store);
        for (String device : devices) {
            String text = device.replace("\\", "\\\\").replace("\"", "\\\"");
            Selector selector = Selector.parse("temperature{device=\"" + text + "\",line=\"\"}");
            assertThat(store.archive().series(List.of(selector), NOON_MICROS, NOON_MICROS + SECOND))
                    .containsExactly(series(device));
        }
        Selector other = Selector.parse("{device=\"x\",line=\"1\"}");
        assertThat(store.archive().series(List.of(other), NOON_MICROS, NOON_MICROS + SECOND))
                .isEmpty();
    }

    @Test
    void folder_thatCannotBeWritten_isReadAndRefuses() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        seal(store);
        append(store, batch("y", NOON_MICROS, 5));
        store.close();
        Path lock = folder.resolve("a").resolve("lock");
        Files.delete(lock);
        Files.createDirectory(lock); // which stops even one who may write anywhere
        Store again = open(folder.resolve("a"));

        assertThat(again.figures().state()).isEqualTo(DiskState.READ_ONLY);
        assertThat(count(again, "x")).isEqualTo(10);
        assertThat(count(again, "y")).as("in the log alone").isEqualTo(5);
        assertThat(isKept(again, batch("x", NOON_MICROS + 10 * SECOND, 1))).isFalse();
        Files.delete(lock);
        until(() -> isKept(again, batch("x", NOON_MICROS + 10 * SECOND, 1)));
        seal(again);
        assertThat(count(again, "y")).isEqualTo(5);
    }

    @Test
    void folder_thatCannotBe_refusesAndIsTriedAgain() throws Exception {
        Path file = Files.createFile(folder.resolve("a"));
        Store store = open(file);
        assertThatThrownBy(() -> append(store, batch("x", NOON_MICROS, 1)))
                .hasRootCauseInstanceOf(UnkeptException.class);
        assertThat(store.figures().state()).isEqualTo(DiskState.FAILED);

        Files.delete(file);
        until(() -> isKept(store, batch("x", NOON_MICROS, 1)));
        assertThat(count(store, "x")).isOne();
    }

    @Test
    void folder_thatAnotherServerUses_isLeftAlone() throws Exception {
        append(open(folder.resolve("a")), batch("x", NOON_MICROS, 1));
        Store second = open(folder.resolve("a"));

        assertThat(second.figures().state()).isEqualTo(DiskState.TAKEN);
        assertThatThrownBy(() -> append(second, batch("x", NOON_MICROS, 1)))
                .hasRootCauseMessage("another server uses the folder");
    }

    @Test
    void day_thatIsDamaged_isSetAsideAndTheOthersStay() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        append(store, batch("x", NOON_MICROS - 86_400 * SECOND, 10));
        seal(store);
        append(store, batch("y", NOON_MICROS, 1)); // trims the log
        store.close();
        Path day = folder.resolve("a/2026-01-31.db");
        byte[] bytes = Files.readAllBytes(day);
        Arrays.fill(bytes, 0, bytes.length, (byte) 7);
        Files.write(day, bytes);

        Store again = open(folder.resolve("a"));
        assertThat(count(again, "x")).isEqualTo(10);
        until(() -> !Files.exists(day));
        append(again, batch("x", NOON_MICROS, 5));
        seal(again);
        assertThat(count(again, "x")).isEqualTo(15);
        assertThat(names("a")).anyMatch(name -> name.startsWith("2026-01-31.db.damaged-"));
    }

    @Test
    void day_thatIsDamagedWhenItIsToBeWritten_isSetAsideAndBegunAnew() throws Exception {
        Files.createDirectories(folder.resolve("a"));
        Files.write(folder.resolve("a/2026-01-31.db"), new byte[] {1, 2, 3});
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 5));
        seal(store);

        assertThat(count(store, "x")).isEqualTo(5);
        assertThat(names("a")).anyMatch(name -> name.startsWith("2026-01-31.db.damaged-"));
    }

    @Test
    void log_thatIsDamaged_isSetAsideAndTheDaysStay() throws Exception {
        Store store = open(folder.resolve("a"));
        append(store, batch("x", NOON_MICROS, 10));
        seal(store);
        store.close();
        Files.write(folder.resolve("a/log.db"), new byte[8_192]);
        Files.write(
                folder.resolve("a/log.db"),
                "this is no database, whoever reads it".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        Store again = open(folder.resolve("a"));
        append(again, batch("x", NOON_MICROS + 10 * SECOND, 10));
        again.close();
        assertThat(names("a")).anyMatch(name -> name.startsWith("log.db.damaged-"));
        assertThat(count(open(folder.resolve("a")), "x")).isEqualTo(20);
    }

    private List<String> names(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
