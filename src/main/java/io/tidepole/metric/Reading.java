package io.tidepole.metric;

/**
 * What arrived: one value of one series.
 *
 * @param series what it belongs to
 * @param timeMicros when it was measured, microseconds since the epoch
 * @param receivedMicros when it reached us, microseconds since the epoch
 * @param value finite
 */
public record Reading(Descriptor series, long timeMicros, long receivedMicros, double value) {
    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("a reading is a finite number, not " + value);
        }
    }
}
