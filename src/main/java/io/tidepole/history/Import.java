package io.tidepole.history;

import io.tidepole.config.Config;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

/** Adds exported samples to a folder that no server uses, by the same way as readings: the log, then the days. */
final class Import {
    private static final int BATCH = 4_096;
    private static final int MOST_UNDER_WAY = 16;
    private static final long TOLD_EVERY = 1_000_000;
    /** Where so many samples are not sealed, reading waits. */
    private static final long MOST_UNSEALED = 3_000_000;

    private final Store store;
    private final PrintStream progress;
    private final Deque<Future<Void>> underWay = new ArrayDeque<>();
    private ReadingBatch.Builder batch = new ReadingBatch.Builder(BATCH);
    private long samples;

    private Import(Store store, PrintStream progress) {
        this.store = store;
        this.progress = progress;
    }

    static void run(HistoryTool.Request request, PrintStream progress)
            throws IOException, InterruptedException, UnkeptException {
        Store store = new Store(
                request.folder(),
                Config.of(Map.of("history.max_disk", "1024TiB", "history.retention", "3650d"))
                        .history(),
                System::currentTimeMillis);
        store.open();
        try (BufferedReader lines = Files.newBufferedReader(request.needed(), StandardCharsets.UTF_8)) {
            new Import(store, progress).read(lines, request.format());
        } finally {
            store.close();
        }
    }

    private void read(BufferedReader lines, HistoryTool.Format format)
            throws IOException, InterruptedException, UnkeptException {
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isEmpty() && !(number == 1 && TextFormats.CSV_HEADER.startsWith(line))) {
                add(line, number, format);
            }
        }
        flush();
        while (!underWay.isEmpty()) {
            await(underWay.removeFirst());
        }
        progress.println(samples + " samples; minutes and hours are computed");
        store.sealSoon();
        await(store::isSettled);
        progress.println("done");
    }

    private void await(BooleanSupplier condition) throws InterruptedException, UnkeptException {
        while (!condition.getAsBoolean()) {
            DiskFigures disk = store.figures();
            if (disk.state() != DiskState.GOOD && disk.state() != DiskState.SLOW) {
                throw new UnkeptException(disk.state());
            }
            Thread.sleep(10);
        }
    }

    private void add(String line, long number, HistoryTool.Format format)
            throws InterruptedException, UnkeptException, IOException {
        try {
            TextFormats.Sample sample = TextFormats.parse(format, line);
            batch.add(sample.series(), sample.timeMicros(), sample.value());
        } catch (IllegalArgumentException bad) {
            throw new IOException("line " + number + ": " + bad.getMessage(), bad);
        }
        if (batch.size() == BATCH) {
            flush();
        }
        if (++samples % TOLD_EVERY == 0) {
            progress.println(samples + " samples");
        }
    }

    private void flush() throws InterruptedException, UnkeptException {
        await(() -> store.figures().unsealed() < MOST_UNSEALED);
        underWay.add(store.append(batch.build(Long.MAX_VALUE / 2)));
        while (underWay.size() > MOST_UNDER_WAY) {
            await(underWay.removeFirst());
        }
    }

    private static void await(Future<Void> kept) throws InterruptedException, UnkeptException {
        try {
            kept.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnkeptException unkept) {
                throw unkept;
            }
            throw new IllegalStateException(e);
        }
    }
}
