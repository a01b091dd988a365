package io.tidepole.host;

/**
 * Turns a growing counter into a rate over the time that really passed.
 *
 * <p>Not known is {@link Double#NaN}, never zero: at the first look, after a reset (the counter went down), and when the
 * count itself is not known (negative).
 */
final class Rate {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long UNKNOWN = -1;
    private static final long SPAN_32 = 1L << 32;

    private final boolean wraps32;
    private long lastCount = UNKNOWN;
    private long lastNanos;

    private Rate(boolean wraps32) {
        this.wraps32 = wraps32;
    }

    /** Of a counter that does not wrap in the life of a machine. */
    static Rate of64Bits() {
        return new Rate(false);
    }

    /** Of a counter that starts again at zero after 2^32 - 1. */
    static Rate of32Bits() {
        return new Rate(true);
    }

    /**
     * The growth per second since the last look.
     *
     * @param count now, negative if not known
     * @param nanos now, on the monotonic clock
     */
    double perSecond(long count, long nanos) {
        long growth = growth(count);
        long elapsed = nanos - lastNanos;
        lastCount = Math.max(count, UNKNOWN);
        lastNanos = nanos;
        return growth < 0 || elapsed <= 0 ? Double.NaN : growth * (double) NANOS_PER_SECOND / elapsed;
    }

    private long growth(long count) {
        if (lastCount < 0 || count < 0) {
            return UNKNOWN;
        }
        long growth = count - lastCount;
        return growth < 0 && wrapped(count) ? growth + SPAN_32 : growth;
    }

    /** From the upper quarter to the lower quarter is a wrap; any other decrease is a reset. */
    private boolean wrapped(long count) {
        return wraps32 && lastCount < SPAN_32 && lastCount >= SPAN_32 / 4 * 3 && count < SPAN_32 / 4;
    }
}
