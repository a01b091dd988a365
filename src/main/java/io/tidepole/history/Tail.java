package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.EventTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is committed to the log and not sealed yet, by series: the generation that is being filled, and the one that is
 * being sealed. Safe for any thread.
 */
final class Tail {
    private Generation filling = new Generation();
    private @Nullable Generation sealing;
    private volatile long samples;

    /** Samples that are sealed together. */
    static final class Generation {
        private final Map<SeriesKey, Unsealed> series = new HashMap<>();
        private long samples;
        private long through;
        private long fromMicros = Long.MAX_VALUE;

        /** What it holds; to be read only once it is being sealed. */
        Iterable<Unsealed> series() {
            return series.values();
        }

        /** The number of the last commit that is in it. */
        long through() {
            return through;
        }

        long samples() {
            return samples;
        }

        private void add(Descriptor descriptor, long timeMicros, double value) {
            series.computeIfAbsent(descriptor.key(), key -> new Unsealed(descriptor))
                    .add(timeMicros, value);
            samples++;
            fromMicros = Math.min(fromMicros, timeMicros);
        }

        private Columns run(SeriesKey key) {
            Unsealed unsealed = series.get(key);
            return unsealed == null ? Columns.EMPTY : unsealed.run();
        }
    }

    /** Samples of one series as they came. */
    static final class Unsealed {
        final Descriptor descriptor;
        private long[] timesMicros = new long[8];
        private double[] values = new double[8];
        private int size;

        private Unsealed(Descriptor descriptor) {
            this.descriptor = descriptor;
        }

        private void add(long timeMicros, double value) {
            if (size == timesMicros.length) {
                timesMicros = Arrays.copyOf(timesMicros, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            timesMicros[size] = timeMicros;
            values[size++] = value;
        }

        Columns run() {
            return Columns.of(timesMicros, values, size);
        }
    }

    /** Adds what was committed together, under the number of the commit. */
    synchronized void add(long commit, List<ReadingBatch> batches) {
        for (ReadingBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                long time = EventTime.effectiveMicros(batch.timeMicros(i), batch.receivedMicros());
                filling.add(batch.series(i), time, batch.value(i));
            }
        }
        filling.through = commit;
        count();
    }

    private void count() {
        samples = filling.samples + (sealing == null ? 0 : sealing.samples);
    }

    /** Adds a sample that was found in the log. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // all updates are synchronized
    synchronized void add(long commit, Descriptor descriptor, long timeMicros, double value) {
        filling.add(descriptor, timeMicros, value);
        filling.through = commit;
        samples++;
    }

    /** The generation to be sealed; the same one until {@link #sealed()} is called. */
    synchronized Generation seal() {
        Generation begun = sealing;
        if (begun == null) {
            begun = filling;
            sealing = begun;
            filling = new Generation();
        }
        return begun;
    }

    /** What was to be sealed is on disk, where readers find it. */
    synchronized void sealed() {
        sealing = null;
        count();
    }

    /** All samples that it holds. */
    long samples() {
        return samples;
    }

    /** Samples in the generation that is being filled. */
    synchronized long filling() {
        return filling.samples;
    }

    /** The samples of a series. */
    Columns run(SeriesKey key) {
        Columns older;
        Columns newer;
        synchronized (this) {
            older = sealing == null ? Columns.EMPTY : sealing.run(key);
            newer = filling.run(key);
        }
        return older.overlaidBy(newer);
    }

    /** What is known of a series that has samples here. */
    synchronized Optional<Descriptor> find(SeriesKey key) {
        return Optional.ofNullable(filling.series.get(key))
                .or(() -> Optional.ofNullable(sealing).map(generation -> generation.series.get(key)))
                .map(unsealed -> unsealed.descriptor);
    }

    /** The number of the newest commit. */
    synchronized long through() {
        return Math.max(filling.through, sealing == null ? 0 : sealing.through);
    }

    /** The time of the oldest sample; the greatest long if there is none. */
    synchronized long fromMicros() {
        return Math.min(filling.fromMicros, sealing == null ? Long.MAX_VALUE : sealing.fromMicros);
    }

    /** All series that have samples here. */
    synchronized List<Descriptor> series() {
        List<Descriptor> all = new ArrayList<>();
        filling.series.values().forEach(unsealed -> all.add(unsealed.descriptor));
        if (sealing != null) {
            sealing.series.values().forEach(unsealed -> all.add(unsealed.descriptor));
        }
        return all;
    }
}
