package io.tidepole.push;

import org.HdrHistogram.Histogram;

/** What one loop counts. Written by the loop; others read the snapshot that it makes every second. */
final class LoopFigures {
    private final Histogram paintMicros = new Histogram(60_000_000, 2);
    private long deliveries;
    private long bytes;
    private long opened;
    private long ended;
    private long catchUps;
    private long tooSlow;
    private long dead;
    private volatile Snapshot snapshot = new Snapshot(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /**
     * Sums since the start, except where said.
     *
     * @param behind now
     * @param mostHeld bytes that wait for the one viewer with most, now
     * @param deliveries bundles written to a viewer
     * @param bytes of those bundles, before TLS
     * @param paintMillis median delay between arrival and picture that pages report
     */
    record Snapshot(
            int behind,
            long mostHeld,
            long deliveries,
            long bytes,
            long opened,
            long ended,
            long catchUps,
            long tooSlow,
            long dead,
            double paintMillis) {}

    void delivered(int size) {
        deliveries++;
        bytes += size;
    }

    void caughtUp() {
        catchUps++;
    }

    void tooSlow() {
        tooSlow++;
    }

    void dead() {
        dead++;
    }

    void opened() {
        opened++;
    }

    void ended() {
        ended++;
    }

    void painted(double millis) {
        paintMicros.recordValue(Math.min(60_000_000, Math.round(millis * 1_000)));
    }

    void publish(int behind, long mostHeld) {
        snapshot = new Snapshot(
                behind,
                mostHeld,
                deliveries,
                bytes,
                opened,
                ended,
                catchUps,
                tooSlow,
                dead,
                paintMicros.getValueAtPercentile(50) / 1_000.0);
    }

    Snapshot snapshot() {
        return snapshot;
    }
}
