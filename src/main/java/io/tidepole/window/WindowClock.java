package io.tidepole.window;

import java.util.function.LongSupplier;

/**
 * The clock that closes windows. It follows the wall clock, forward at once, but never steps back: after a backward
 * step it runs at nine tenths of the real speed until the wall clock has caught up, so that no window closes twice. Safe for any thread.
 */
public final class WindowClock {
    private final LongSupplier wallMillis;
    private final LongSupplier nanos;
    private long lastMillis = Long.MIN_VALUE;
    private long lastNanos;

    /** A clock over a wall clock in milliseconds since the epoch and a monotonic one in nanoseconds. */
    public WindowClock(LongSupplier wallMillis, LongSupplier nanos) {
        this.wallMillis = wallMillis;
        this.nanos = nanos;
    }

    /** Milliseconds since the epoch; not less than the last answer. */
    public synchronized long millis() {
        long wall = wallMillis.getAsLong();
        long now = nanos.getAsLong();
        if (wall >= lastMillis) {
            lastMillis = wall;
            lastNanos = now;
        } else {
            long slewed = (now - lastNanos) * 9 / 10_000_000;
            if (slewed > 0) {
                lastMillis += slewed;
                lastNanos = now;
            }
        }
        return lastMillis;
    }
}
