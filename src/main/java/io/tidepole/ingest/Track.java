package io.tidepole.ingest;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.EventTime;

/** A series of one device as the intake knows it. Guarded by its device. */
final class Track {
    final Descriptor descriptor;
    private long lastMicros = Long.MIN_VALUE;
    private long seenMicros;
    private double total;
    private long totalMicros = Long.MIN_VALUE;

    Track(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Takes note of a stamped reading. */
    void stamped(long timeMicros, long receivedMicros) {
        // A stamp that counts at receipt does not push those without one into the future.
        lastMicros = Math.max(lastMicros, EventTime.effectiveMicros(timeMicros, receivedMicros));
        seenMicros = receivedMicros;
    }

    /** Adds up what a sender says of the time since it spoke last; what it says again is added once. */
    double total(double delta, long stampMicros) {
        if (stampMicros > totalMicros) {
            totalMicros = stampMicros;
            total += delta;
        }
        return total;
    }

    /** The time of a reading without a stamp: receipt, and after every reading before it. */
    long unstamped(long receivedMicros) {
        lastMicros = Math.max(receivedMicros, lastMicros + 1);
        seenMicros = receivedMicros;
        return lastMicros;
    }

    long seenMicros() {
        return seenMicros;
    }
}
