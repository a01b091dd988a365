package io.tidepole.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Readings that were published and are not in their windows yet. The bus itself has no bound: whoever publishes for
 * somebody else asks here first, and acknowledges when there is room again. Safe for any thread.
 */
public final class Backlog {
    private final long maxReadings;
    private final AtomicLong readings = new AtomicLong();
    private final AtomicReference<@Nullable Promise<Void>> waiting = new AtomicReference<>();

    public Backlog(long maxReadings) {
        this.maxReadings = maxReadings;
    }

    /** So many are about to be published. */
    public void published(int count) {
        readings.addAndGet(count);
    }

    /** So many are in their windows, or never will be. */
    public void folded(int count) {
        // Not all that is folded was announced: below zero means nothing.
        long left = readings.updateAndGet(before -> Math.max(0, before - count));
        if (left <= maxReadings && waiting.get() != null) {
            release();
        }
    }

    public long readings() {
        return readings.get();
    }

    /** Whether nothing more should be published. */
    public boolean isFull() {
        return readings.get() > maxReadings;
    }

    /** Completes when there is room: at once, mostly. */
    public Future<Void> room() {
        if (!isFull()) {
            return Future.succeededFuture();
        }
        Promise<Void> mine = Promise.promise();
        Promise<Void> before = waiting.compareAndExchange(null, mine);
        if (!isFull()) {
            release();
        }
        return before == null ? mine.future() : before.future();
    }

    private void release() {
        Promise<Void> due = waiting.getAndSet(null);
        if (due != null) {
            due.complete();
        }
    }
}
