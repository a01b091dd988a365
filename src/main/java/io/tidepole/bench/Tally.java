package io.tidepole.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What the viewers of one thread have counted so far; only that thread may touch it. */
final class Tally {
    /** Wider than any delay that a run can have, in microseconds. */
    private static final long MOST_MICROS = 3_600_000_000L;

    long takenNanos;
    /** Viewers that are subscribed now. */
    int live;

    int opened;
    int failed;
    int refusedDeflate;
    /** Text messages to viewers that read all they get, after their subscription was answered. */
    long deliveries;
    /** Bytes that came with them, headers and control frames included. */
    long bytes;

    /** The same for those that do not keep up. */
    long laggardDeliveries;

    int closedByServer;
    int laggardsClosed;

    long checked;
    long inflatedBytes;
    long lost;
    long repeated;
    long merged;
    long wrong;
    /** What went wrong, and how often; the first few kinds only. */
    final Map<String, Integer> troubles = new TreeMap<>();

    /** From when a reading was due, or its window ended, to its receipt, in microseconds. */
    final Histogram latency = new Histogram(MOST_MICROS, 3);

    /** From when a viewer read again to a current value, in microseconds. */
    final Histogram resumed = new Histogram(MOST_MICROS, 3);

    void trouble(String what) {
        if (troubles.size() < 10 || troubles.containsKey(what)) {
            troubles.merge(what, 1, Integer::sum);
        }
    }

    /** Adds all that another has counted. */
    void add(Tally other) {
        takenNanos = Math.max(takenNanos, other.takenNanos);
        live += other.live;
        opened += other.opened;
        failed += other.failed;
        refusedDeflate += other.refusedDeflate;
        deliveries += other.deliveries;
        bytes += other.bytes;
        laggardDeliveries += other.laggardDeliveries;
        closedByServer += other.closedByServer;
        laggardsClosed += other.laggardsClosed;
        checked += other.checked;
        inflatedBytes += other.inflatedBytes;
        lost += other.lost;
        repeated += other.repeated;
        merged += other.merged;
        wrong += other.wrong;
        other.troubles.forEach((what, count) -> troubles.merge(what, count, Integer::sum));
        latency.add(other.latency);
        resumed.add(other.resumed);
    }

    void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.min(MOST_MICROS, Math.max(0, nanos / 1000)));
    }
}
