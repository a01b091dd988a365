package io.tidepole.metric;

import java.util.Arrays;

/**
 * An immutable batch of readings that were received together, in columns.
 *
 * <p>This is what crosses the event bus: one object per batch, not one per reading.
 */
public final class ReadingBatch {
    private final Descriptor[] series;
    private final long[] timesMicros;
    private final double[] values;
    private final long receivedMicros;

    private ReadingBatch(Descriptor[] series, long[] timesMicros, double[] values, long receivedMicros) {
        this.series = series;
        this.timesMicros = timesMicros;
        this.values = values;
        this.receivedMicros = receivedMicros;
    }

    public int size() {
        return series.length;
    }

    public Descriptor series(int index) {
        return series[index];
    }

    /** When the reading was measured, microseconds since the epoch. */
    public long timeMicros(int index) {
        return timesMicros[index];
    }

    public double value(int index) {
        return values[index];
    }

    /** When the batch reached us, microseconds since the epoch. */
    public long receivedMicros() {
        return receivedMicros;
    }

    public Reading reading(int index) {
        return new Reading(series[index], timesMicros[index], receivedMicros, values[index]);
    }

    /** Collects a batch; not safe for use by more than one thread. */
    public static final class Builder {
        private Descriptor[] series;
        private long[] timesMicros;
        private double[] values;
        private int size;

        public Builder(int expected) {
            int capacity = Math.max(1, expected);
            series = new Descriptor[capacity];
            timesMicros = new long[capacity];
            values = new double[capacity];
        }

        /** Adds a reading. Throws IllegalArgumentException for a value that is not finite. */
        public Builder add(Descriptor descriptor, long timeMicros, double value) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a reading is a finite number, not " + value);
            }
            if (size == series.length) {
                series = Arrays.copyOf(series, size * 2);
                timesMicros = Arrays.copyOf(timesMicros, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            series[size] = descriptor;
            timesMicros[size] = timeMicros;
            values[size++] = value;
            return this;
        }

        public int size() {
            return size;
        }

        /** The batch, and the builder is empty again. */
        public ReadingBatch build(long receivedMicros) {
            ReadingBatch batch = new ReadingBatch(
                    Arrays.copyOf(series, size),
                    Arrays.copyOf(timesMicros, size),
                    Arrays.copyOf(values, size),
                    receivedMicros);
            size = 0;
            return batch;
        }
    }
}
