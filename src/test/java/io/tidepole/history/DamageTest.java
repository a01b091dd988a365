package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log whose bytes are not what was written: what is not hit is there again, before and behind the damage. */
final class DamageTest {
    private static final long T0_MICROS = 1_769_860_800_000_000L;
    private static final int COMMITS = 120;
    private static final int DEVICES = 12;
    /** More than are in one page, with those that only flow over it. */
    private static final int MOST_HIT = 60;

    @TempDir
    private Path folder;

    private final TreeMap<Long, Double> expected = new TreeMap<>();

    private Store open(Path where) {
        Store store = new Store(
                where, Config.of(Map.of("history.commit_delay", "0ms")).history(), () -> T0_MICROS / 1_000);
        store.open();
        return store;
    }

    private static Descriptor series(int device) {
        return Descriptor.gauge(SeriesKey.of("temperature", "device", "sensor-" + device), Unit.CELSIUS);
    }

    /** Commits of one reading and of some hundreds, which flow over several pages; then a copy of the open files. */
    @BeforeEach
    void fill() throws Exception {
        Random random = new Random(4);
        Store store = open(folder.resolve("a"));
        long time = T0_MICROS;
        for (int i = 0; i < COMMITS; i++) {
            int size = i % 10 == 0 ? 1_000 : 1 + random.nextInt(4);
            ReadingBatch.Builder batch = new ReadingBatch.Builder(size);
            for (int j = 0; j < size; j++) {
                time += 1_000;
                batch.add(series(random.nextInt(DEVICES)), time, time / 1e6);
                expected.put(time, time / 1e6);
            }
            store.append(batch.build(time))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
        }
        Files.createDirectory(folder.resolve("running"));
        for (String name : new String[] {"log.db", "log.db-wal"}) {
            Files.copy(folder.resolve("a/" + name), folder.resolve("running/" + name));
        }
        store.close();
    }

    private NavigableMap<Long, Double> found(Path where) {
        Store store = open(where);
        TreeMap<Long, Double> found = new TreeMap<>();
        for (int device = 0; device < DEVICES; device++) {
            store.archive().scan(series(device).key(), 0, Long.MAX_VALUE / 2, found::put);
        }
        assertThat(store.figures().state()).isEqualTo(DiskState.GOOD);
        store.close();
        return found;
    }

    private Path damaged(String from, String name, long offset, int length) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(from + "-" + name + "-" + offset));
        for (String each : new String[] {"log.db", "log.db-wal"}) {
            if (Files.exists(folder.resolve(from).resolve(each))) {
                Files.copy(folder.resolve(from).resolve(each), copy.resolve(each));
            }
        }
        byte[] bytes = Files.readAllBytes(copy.resolve(name));
        Arrays.fill(bytes, (int) offset, (int) Math.min(bytes.length, offset + length), (byte) 0xa5);
        Files.write(copy.resolve(name), bytes);
        return copy;
    }

    /** Bytes are overwritten in each eighth page, at its start and in its middle. */
    private void isKeptButForWhatIsHit(String from, String name) throws IOException {
        long size = Files.size(folder.resolve(from).resolve(name));
        for (long offset = 0; offset < size; offset += 8 * RawPages.PAGE_BYTES + RawPages.PAGE_BYTES / 2) {
            NavigableMap<Long, Double> found = found(damaged(from, name, offset, 64));
            assertThat(expected).as("damage at " + offset).containsAllEntriesOf(found);
            assertThat(expected.size() - found.size())
                    .as("lost by damage at %d of %d", offset, size)
                    .isLessThanOrEqualTo(1_000 + MOST_HIT);
        }
    }

    @Test
    void database_thatIsDamagedAnywhere_losesWhatIsHitAlone() throws Exception {
        assertThat(Files.exists(folder.resolve("a/log.db-wal"))).isFalse();
        isKeptButForWhatIsHit("a", "log.db");
    }

    @Test
    void writeAheadLog_thatIsDamagedAnywhere_losesWhatIsHitAlone() throws Exception {
        isKeptButForWhatIsHit("running", "log.db-wal");
    }

    @Test
    void database_thatEndsTooEarly_hasWhatIsLeft() throws Exception {
        Path copy = damaged("a", "log.db", 0, 0);
        long size = Files.size(copy.resolve("log.db"));
        try (var channel = Files.newByteChannel(copy.resolve("log.db"), java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(size / 2);
        }
        assertThat(found(copy)).hasSizeBetween(expected.size() / 4, expected.size() * 3 / 4);
        assertThat(found(copy)).as("once more").hasSizeGreaterThan(expected.size() / 4);
    }
}
