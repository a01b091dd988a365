package io.tidepole.history;

import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes the log. The first batch that comes waits a little for others; what has come then is
 * committed together, made visible to readers, and acknowledged.
 *
 * <p>Bounded in readings: where too many wait, the next ones fail at once.
 */
final class LogWriter implements Runnable {
    /** A commit takes no more readings than that, and a few of the last batch. */
    private static final int MAX_COMMIT = 50_000;

    private final Target target;
    private final long delayNanos;
    private final int maxWaiting;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean stopping;
    private volatile Figures figures = new Figures(0, 0, 0, 0);

    /** Where batches go. Used by the writer's thread alone. */
    interface Target {
        /** Returns when the batches are on disk and visible. */
        void commit(List<ReadingBatch> batches) throws SQLException, UnkeptException;

        /** Whether readings are to be refused at once, and why; from any thread. */
        @Nullable
        DiskState refuses();

        /** More readings wait than may. From any thread. */
        void overrun();

        /** A commit went wrong. */
        UnkeptException failed(SQLException problem);
    }

    /**
     * What it did, since the start except where said.
     *
     * @param commits that went well
     * @param readings in these
     * @param unkept readings that were refused, or that came without anybody who waits and were lost
     * @param lastMillis what the newest commit took
     */
    record Figures(long commits, long readings, long unkept, double lastMillis) {}

    private record Waiting(ReadingBatch batch, Promise<Void> done) {}

    LogWriter(Target target, long delayNanos, int maxWaiting) {
        this.target = target;
        this.delayNanos = delayNanos;
        this.maxWaiting = maxWaiting;
    }

    /** Completes when the batch is on disk; from any thread. */
    Future<Void> append(ReadingBatch batch) {
        DiskState refuses = stopping ? DiskState.OFF : target.refuses();
        if (refuses != null) {
            return Future.failedFuture(new UnkeptException(refuses));
        }
        if (waiting.addAndGet(batch.size()) > maxWaiting) {
            waiting.addAndGet(-batch.size());
            target.overrun();
            return Future.failedFuture(new UnkeptException(DiskState.SLOW));
        }
        Promise<Void> done = Promise.promise();
        queue.add(new Waiting(batch, done));
        return done.future();
    }

    /** Readings that wait at present. */
    int waiting() {
        return waiting.get();
    }

    Figures figures() {
        return figures;
    }

    /** Commits what waits, and ends. */
    void stop() {
        stopping = true;
        queue.add(new Waiting(new ReadingBatch.Builder(1).build(0), Promise.promise()));
    }

    @Override
    public void run() {
        try {
            while (!stopping || !queue.isEmpty()) {
                commit(next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Waiting> next() throws InterruptedException {
        List<Waiting> group = new ArrayList<>();
        Waiting first = queue.take();
        long dueNanos = System.nanoTime() + (stopping ? 0 : delayNanos);
        int readings = 0;
        for (Waiting each = first; each != null; ) {
            group.add(each);
            readings += each.batch.size();
            each = readings >= MAX_COMMIT ? null : poll(dueNanos - System.nanoTime());
        }
        return group;
    }

    private @Nullable Waiting poll(long nanos) throws InterruptedException {
        return nanos <= 0 ? queue.poll() : queue.poll(nanos, TimeUnit.NANOSECONDS);
    }

    private void commit(List<Waiting> group) {
        List<ReadingBatch> batches = new ArrayList<>(group.size());
        int readings = 0;
        for (Waiting each : group) {
            batches.add(each.batch);
            readings += each.batch.size();
        }
        long startedNanos = System.nanoTime();
        Throwable problem = readings == 0 ? null : tryCommit(batches);
        waiting.addAndGet(-readings);
        double millis = (System.nanoTime() - startedNanos) / 1e6;
        figures = problem == null
                ? new Figures(figures.commits + 1, figures.readings + readings, figures.unkept, millis)
                : new Figures(figures.commits, figures.readings, figures.unkept + readings, millis);
        for (Waiting each : group) {
            if (problem == null) {
                each.done.complete();
            } else {
                each.done.fail(problem);
            }
        }
    }

    private @Nullable UnkeptException tryCommit(List<ReadingBatch> batches) {
        try {
            target.commit(batches);
            return null;
        } catch (UnkeptException refused) {
            return refused;
        } catch (SQLException problem) {
            return target.failed(problem);
        } catch (RuntimeException bug) {
            return target.failed(new SQLException(bug));
        }
    }
}
