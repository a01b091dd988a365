package io.tidepole.bench;

/** When each reading is due, on the clock of {@link System#nanoTime()}; shared by the feed and all viewers. */
final class FeedClock {
    private static final long NOT_YET = Long.MIN_VALUE;

    private final FeedPlan plan;
    private final long epochNanosAtZero;
    private volatile long startNanos = NOT_YET;

    FeedClock(FeedPlan plan) {
        this.plan = plan;
        java.time.Instant now = java.time.Instant.now();
        epochNanosAtZero = now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }

    FeedPlan plan() {
        return plan;
    }

    /** The first reading is due now. */
    void start() {
        startNanos = System.nanoTime();
    }

    boolean feeding() {
        return startNanos != NOT_YET;
    }

    long dueNanos(long number) {
        return startNanos + plan.dueNanos(number);
    }

    /** How many readings are due by now. */
    long dueCount(long nowNanos) {
        return plan.dueAt(nowNanos - startNanos);
    }

    /** When this reading is due, microseconds since the epoch. */
    long dueEpochMicros(long number) {
        return (dueNanos(number) + epochNanosAtZero) / 1000;
    }

    /** A time of the server's clock, on ours. */
    long nanosOfEpochMillis(long epochMillis) {
        return epochMillis * 1_000_000 - epochNanosAtZero;
    }
}
