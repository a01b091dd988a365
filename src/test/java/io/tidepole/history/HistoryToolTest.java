package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup, export and import against a store that is open and being written. */
final class HistoryToolTest {
    /** 2026-01-31T23:59:00Z: the second half of the samples is of another day. */
    private static final long T0_MICROS = 1_769_903_940_000_000L;

    private static final Descriptor ODD = new Descriptor(
            SeriesKey.of("flow_total", Map.of("device", "a \"b\", c=d\\e", "line", "ß")),
            new Unit("m3"),
            Descriptor.Kind.COUNTER);
    private static final Descriptor PLAIN =
            Descriptor.gauge(SeriesKey.of("temperature", "device", "s-1"), Unit.CELSIUS);

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Store open(String data) {
        Store store = new Store(
                folder.resolve(data).resolve("history"),
                Config.of(Map.of("history.commit_delay", "0ms")).history(),
                System::currentTimeMillis);
        store.open();
        return store;
    }

    private int run(String command, String... words) throws InterruptedException {
        return HistoryTool.run(
                command,
                List.of(words),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private static void fill(Store store) throws Exception {
        Random random = new Random(3);
        for (int part = 0; part < 4; part++) {
            ReadingBatch.Builder batch = new ReadingBatch.Builder(60);
            for (int i = 0; i < 30; i++) {
                long time = T0_MICROS + (part * 30 + i) * 1_000_000L + random.nextInt(1_000);
                batch.add(ODD, time, random.nextGaussian() * 1e-7).add(PLAIN, time, random.nextInt(500) / 10.0);
            }
            store.append(batch.build(T0_MICROS + 3_600_000_000L))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(30, TimeUnit.SECONDS);
            if (part == 1) {
                store.sealSoon();
            }
        }
    }

    private static List<String> all(Store store) {
        List<String> lines = new ArrayList<>();
        for (Descriptor series : List.of(ODD, PLAIN)) {
            store.archive().scan(series.key(), 0, Long.MAX_VALUE / 2, (time, value) -> lines.add(time + "=" + value));
        }
        return lines;
    }

    @Test
    void backup_whileTheStoreIsOpen_hasEverything() throws Exception {
        Store store = open("a");
        fill(store);
        List<String> expected = all(store);

        assertThat(run(
                        "backup",
                        "--data=" + folder.resolve("a"),
                        folder.resolve("b").toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        store.close();
        Store copy = open("b");
        assertThat(all(copy)).isEqualTo(expected).hasSize(240);
        copy.close();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("1 of ").contains("log.db");
    }

    @Test
    void export_asCsv_comesBackBitByBit() throws Exception {
        comesBack("csv");
    }

    @Test
    void export_asLines_comesBackBitByBit() throws Exception {
        comesBack("lines");
    }

    private void comesBack(String format) throws Exception {
        Store store = open("a");
        fill(store);
        List<String> expected = all(store);
        Path file = folder.resolve("file");

        assertThat(run("export", file.toString(), "--data=" + folder.resolve("a"), "--format=" + format))
                .isZero();
        assertThat(run("import", file.toString(), "--data=" + folder.resolve("c"), "--format=" + format))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        store.close();
        isComputed(Days.in(folder.resolve("c/history")));
        Store imported = open("c");
        assertThat(all(imported)).isEqualTo(expected);
        imported.close();
    }

    private static void isComputed(Days days) {
        assertThat(days.all()).hasSize(2).allMatch(day -> day.read(0L, DayReader::firstStaleMillis) == Long.MAX_VALUE);
        days.close();
    }

    @Test
    void export_ofASelectorAndARange_isThatAlone() throws Exception {
        Store store = open("a");
        fill(store);

        assertThat(run(
                        "export",
                        "--data=" + folder.resolve("a"),
                        "--select=temperature",
                        "--from=2026-01-31T23:59:30Z",
                        "--until=2026-02-01T00:00:00Z"))
                .isZero();
        store.close();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("time_micros,value,metric,labels,unit,kind\n1769903970")
                .contains(",\"temperature\",\"{\"\"device\"\":\"\"s-1\"\"}\",\"Cel\",gauge\n")
                .hasLineCount(31);
    }

    @Test
    void import_beside_aRunningStore_isRefused() throws Exception {
        Store store = open("a");
        Path file =
                Files.writeString(folder.resolve("file"), TextFormats.CSV_HEADER + "1,2.0,\"m\",\"{}\",\"1\",gauge\n");

        assertThat(run("import", file.toString(), "--data=" + folder.resolve("a")))
                .isEqualTo(1);
        store.close();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("another server uses the folder");
    }

    @Test
    void words_thatMakeNoSense_areSaidAndEndWith2() throws Exception {
        assertThat(run("backup")).isEqualTo(2);
        assertThat(run("export", "--frm=x")).isEqualTo(2);
        assertThat(run("export", "--select={")).isEqualTo(2);
        assertThat(run("export", "--from=yesterday")).isEqualTo(2);
    }
}
