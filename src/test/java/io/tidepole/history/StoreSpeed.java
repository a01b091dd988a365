package io.tidepole.history;

import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.vertx.core.Future;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Measures a store: processor time and bytes of a sample, and how long an acknowledgement takes. Run it by hand:
 * {@code StoreSpeed FOLDER SERIES SECONDS READINGS_PER_SECOND}. Sensors at 1 Hz with two decimals; a second of theirs is
 * sent as fast as the readings per second allow, and the store's clock goes with it. Where these are 0 it is sent when
 * the store has room, so that none is refused.
 */
final class StoreSpeed {
    private static final int BATCH = 1_000;
    private static final int MOST_WAITING = 100_000;
    private static final int MOST_UNSEALED = 4_000_000;
    /** 2026-01-31T00:00:00Z. */
    private static final long T0_MICROS = 1_769_817_600_000_000L;

    private final Store store;
    private final Descriptor[] series;
    private final double[] levels;
    private final Random random = new Random(1);
    private final Histogram delaysMicros = new Histogram(60_000_000L, 3);
    private long refused;

    private StoreSpeed(Store store, int count) {
        this.store = store;
        series = new Descriptor[count];
        levels = new double[count];
        for (int i = 0; i < count; i++) {
            series[i] = Descriptor.gauge(
                    SeriesKey.of("temperature", Map.of("device", "sensor-" + i, "line", "line-" + i % 20)),
                    Unit.CELSIUS);
            levels[i] = 2_000 + random.nextInt(1_000);
        }
    }

    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]);
        int count = Integer.parseInt(words[1]);
        int seconds = Integer.parseInt(words[2]);
        long perSecond = Long.parseLong(words[3]);
        AtomicLong clockMillis = new AtomicLong(T0_MICROS / 1_000);
        Store store = new Store(folder, Config.defaults().history(), clockMillis::get);
        long startedNanos = System.nanoTime();
        store.open();
        long openedNanos = System.nanoTime();
        StoreSpeed speed = new StoreSpeed(store, count);
        long cpuNanos = cpu();
        for (int second = 0; second < seconds; second++) {
            speed.second(second);
            clockMillis.addAndGet(1_000);
            if (perSecond == 0) {
                speed.awaitRoom();
            } else {
                awaitNanos(openedNanos + (second + 1L) * count * 1_000_000_000L / perSecond);
            }
        }
        speed.await();
        store.sealSoon();
        while (store.figures().unsealed() > 0) {
            LockSupport.parkNanos(10_000_000);
        }
        long spentNanos = cpu() - cpuNanos;
        double samples = (double) count * seconds;
        store.close();
        long bytes = Days.in(folder).bytes();
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        out.printf(
                Locale.ROOT,
                "opened in %d ms; %.0f samples in %.1f s; %.2f bytes and %.2f us of processor each; ack ms p50 %.1f p99"
                        + " %.1f max %.1f; %d batches refused%n",
                (openedNanos - startedNanos) / 1_000_000,
                samples,
                (System.nanoTime() - openedNanos) / 1e9,
                bytes / samples,
                spentNanos / samples / 1e3,
                speed.delaysMicros.getValueAtPercentile(50) / 1e3,
                speed.delaysMicros.getValueAtPercentile(99) / 1e3,
                speed.delaysMicros.getMaxValue() / 1e3,
                speed.refused);
    }

    private static void awaitNanos(long dueNanos) {
        while (System.nanoTime() < dueNanos) {
            LockSupport.parkNanos(Math.max(1, dueNanos - System.nanoTime()));
        }
    }

    private void awaitRoom() {
        while (store.figures().waiting() > MOST_WAITING || store.figures().unsealed() > MOST_UNSEALED) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    private final Deque<Future<Void>> underWay = new ArrayDeque<>();

    private void second(int second) {
        for (int from = 0; from < series.length; from += BATCH) {
            ReadingBatch.Builder batch = new ReadingBatch.Builder(BATCH);
            for (int i = from; i < Math.min(series.length, from + BATCH); i++) {
                levels[i] += random.nextGaussian() * 5;
                long time = T0_MICROS + second * 1_000_000L + i % 1_000 * 1_000L + random.nextInt(10) * 1_000L;
                batch.add(series[i], time, Math.round(levels[i]) / 100.0);
            }
            long sentNanos = System.nanoTime();
            underWay.add(store.append(batch.build(T0_MICROS + second * 1_000_000L + 500_000))
                    .onComplete(done -> acknowledged(sentNanos, done.succeeded())));
        }
        while (!underWay.isEmpty() && underWay.peekFirst().isComplete()) {
            underWay.removeFirst();
        }
    }

    private void acknowledged(long sentNanos, boolean good) {
        synchronized (delaysMicros) {
            delaysMicros.recordValue((System.nanoTime() - sentNanos) / 1_000);
            refused += good ? 0 : 1;
        }
    }

    private void await() throws Exception {
        for (Future<Void> each : underWay) {
            each.otherwiseEmpty().toCompletionStage().toCompletableFuture().get();
        }
    }
}
