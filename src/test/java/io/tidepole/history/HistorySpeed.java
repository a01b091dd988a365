package io.tidepole.history;

import io.tidepole.config.Config;
import io.tidepole.config.HistoryConfig;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Interval;
import io.tidepole.window.Stat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Measures questions to the disk: charts of 600 points, in wall time and in processor time of the asking thread. Run it
 * by hand, first with {@code fill <folder>} (one series at 1 Hz over 30 days, 50 over one), then with
 * {@code ask <folder> <rounds>}: the first question, and the others. With {@code cold <folder> <rounds>} the files are
 * opened anew before each question, and what the system has kept of them is dropped by {@code dd}. Two selectors, of one
 * series and of 50, may follow where a folder was filled otherwise.
 */
final class HistorySpeed {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int POINTS = 600;
    private static final int BATCH = 20_000;

    private HistorySpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        long endMillis = System.currentTimeMillis() / DAY_MILLIS * DAY_MILLIS;
        if (arguments[0].equals("fill")) {
            Store store = open(folder);
            fill(store, "one", 1, endMillis - 30 * DAY_MILLIS, endMillis);
            fill(store, "many", 50, endMillis - DAY_MILLIS, endMillis);
            store.sealSoon();
            while (!store.isSettled()) {
                LockSupport.parkNanos(100_000_000);
            }
            store.close();
        } else {
            long newestMillis = newestMillis(folder);
            int rounds = Integer.parseInt(arguments[2]);
            boolean cold = arguments[0].equals("cold");
            String one = arguments.length > 3 ? arguments[3] : "one";
            String many = arguments.length > 4 ? arguments[4] : "many";
            ask(folder, "one series over 1 h", one, newestMillis, 3_600_000, rounds, cold);
            ask(folder, "one series over 1 d", one, newestMillis, DAY_MILLIS, rounds, cold);
            ask(folder, "one series over 30 d", one, newestMillis, 30 * DAY_MILLIS, rounds, cold);
            ask(folder, "50 series over 1 h", many, newestMillis, 3_600_000, rounds, cold);
            ask(folder, "50 series over 1 d", many, newestMillis, DAY_MILLIS, rounds, cold);
        }
    }

    private static Store open(Path folder) throws SQLException {
        HistoryConfig config = Config.of(Map.of("history.retention", "3650d")).history();
        Store store = new Store(folder, config, System::currentTimeMillis);
        store.open();
        return store;
    }

    /** The end of the newest day that there is. */
    private static long newestMillis(Path folder) throws IOException {
        return Days.in(folder).all().stream()
                .mapToLong(day -> day.endMicros() / 1_000)
                .max()
                .orElseThrow();
    }

    /** Lets the system forget what it holds of these files. */
    private static void drop(Path folder) throws IOException, InterruptedException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
                        .start()
                        .waitFor();
            }
        }
    }

    private static void fill(Store store, String metric, int count, long fromMillis, long untilMillis)
            throws Exception {
        Random random = new Random(1);
        ReadingBatch.Builder batch = new ReadingBatch.Builder(BATCH);
        for (long at = fromMillis; at < untilMillis; at += 1_000) {
            for (int i = 0; i < count; i++) {
                Descriptor series = Descriptor.gauge(SeriesKey.of(metric, "i", "" + i), Unit.ONE);
                batch.add(series, at * 1_000, Math.rint(200 + 50 * Math.sin(at / 1e6) + random.nextGaussian()) / 10);
            }
            if (batch.size() >= BATCH || at + 1_000 >= untilMillis) {
                store.append(batch.build(at * 1_000))
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void ask(
            Path folder, String name, String metric, long endMillis, long spanMillis, int rounds, boolean cold)
            throws Exception {
        int step = Interval.finestFor(spanMillis, POINTS);
        HistoryQuery query =
                new HistoryQuery(List.of(Selector.parse(metric)), endMillis - spanMillis, endMillis, step, Stat.LAST);
        double[] wall = new double[rounds];
        double[] cpu = new double[rounds];
        int bytes = 0;
        Store store = open(folder);
        for (int i = 0; i < rounds; i++) {
            if (cold) {
                store.close();
                drop(folder);
                store = open(folder);
            }
            long wallNanos = System.nanoTime();
            long cpuNanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Past past = new Past(new Ring(1 << 20), store.archive(), System.currentTimeMillis() * 1_000, Asker.ANYONE);
            bytes = HistoryJson.write(past, query, endMillis).length;
            cpu[i] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuNanos) / 1e6;
            wall[i] = (System.nanoTime() - wallNanos) / 1e6;
        }
        store.close();
        String first = String.format(Locale.ROOT, "first %.1f ms (%.1f ms of processor)", wall[0], cpu[0]);
        wall[0] = wall[1];
        cpu[0] = cpu[1];
        Arrays.sort(wall);
        Arrays.sort(cpu);
        System.getLogger("figures")
                .log(
                        System.Logger.Level.INFO,
                        String.format(
                                Locale.ROOT,
                                "%s, step %d s, %d bytes: %s; then p50 %.2f p99 %.2f max %.2f ms (%.2f, %.2f and %.2f"
                                        + " of processor)",
                                name,
                                step / 1_000,
                                bytes,
                                first,
                                wall[rounds / 2],
                                wall[rounds * 99 / 100],
                                wall[rounds - 1],
                                cpu[rounds / 2],
                                cpu[rounds * 99 / 100],
                                cpu[rounds - 1]));
    }
}
