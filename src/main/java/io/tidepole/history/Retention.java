package io.tidepole.history;

import java.util.Optional;

/**
 * Decides which day is to go. Called with the time.
 *
 * <p>A clock that leaps ahead would let everything look old. So nothing goes for its age until the clock has run evenly
 * for an hour.
 */
final class Retention {
    private static final long EVEN_NANOS = 3_600_000_000_000L;
    private static final long LEAP_NANOS = 60_000_000_000L;

    private final long keptMicros;
    private final long maxBytes;
    private long evenSinceNanos;
    private long lastNanos;
    private long lastMillis;

    /** Keeps samples for so long, within so many bytes. */
    Retention(long keptMicros, long maxBytes, long nowMillis, long nowNanos) {
        this.keptMicros = keptMicros;
        this.maxBytes = maxBytes;
        this.evenSinceNanos = nowNanos;
        this.lastNanos = nowNanos;
        this.lastMillis = nowMillis;
    }

    /** The day that is to go next, if any: the oldest one, if it is too old, or if there are too many bytes. */
    Optional<DayFile> next(Days days, long bytes, long nowMillis, long nowNanos) {
        if (Math.abs((nowMillis - lastMillis) * 1_000_000 - (nowNanos - lastNanos)) > LEAP_NANOS) {
            evenSinceNanos = nowNanos;
        }
        lastMillis = nowMillis;
        lastNanos = nowNanos;
        boolean even = nowNanos - evenSinceNanos >= EVEN_NANOS;
        return days.oldest().filter(day -> {
            boolean old = even && day.endMicros() <= nowMillis * 1_000 - keptMicros;
            boolean crowded = bytes > maxBytes && days.all().size() > 1;
            return old || crowded;
        });
    }
}
