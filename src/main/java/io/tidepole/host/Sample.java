package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import java.util.Arrays;

/** What the probes found at one moment. Used again for the next one; owned by one thread at a time. */
final class Sample {
    /** Below it three decimals are more than any of these measures knows; further digits only cost bytes. */
    private static final double MAX_ROUNDED = 1e9;

    private final ReadingBatch.Builder builder = new ReadingBatch.Builder(64);
    private Descriptor[] series = new Descriptor[64];
    private double[] values = new double[64];
    private int size;

    /** Adds a reading; a value that is not known (not finite) is left out: missing is not zero. */
    void add(Descriptor descriptor, double value) {
        if (!Double.isFinite(value)) {
            return;
        }
        if (size == series.length) {
            series = Arrays.copyOf(series, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        series[size] = descriptor;
        values[size++] = Math.abs(value) < MAX_ROUNDED ? Math.rint(value * 1_000) / 1_000 : value;
    }

    int size() {
        return size;
    }

    /** Forgets all but the first readings: a probe that failed half-way leaves nothing behind. */
    void truncate(int length) {
        size = Math.min(size, length);
    }

    /** The readings as a batch of this time; the sample is empty again. */
    ReadingBatch drain(long timeMicros) {
        for (int i = 0; i < size; i++) {
            builder.add(series[i], timeMicros, values[i]);
        }
        size = 0;
        return builder.build(timeMicros);
    }
}
