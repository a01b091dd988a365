package io.tidepole.ingest;

import io.tidepole.metric.Descriptor;

/** A series of one device as the intake knows it. Guarded by its device. */
final class Track {
    final Descriptor descriptor;
    private long lastMicros = Long.MIN_VALUE;
    private long seenMicros;

    Track(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Takes note of a stamped reading. */
    void stamped(long timeMicros, long receivedMicros) {
        lastMicros = Math.max(lastMicros, timeMicros);
        seenMicros = receivedMicros;
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
