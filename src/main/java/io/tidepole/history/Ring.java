package io.tidepole.history;

import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.EventTime;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The recent past of all series at full resolution, within a budget in bytes. When it is used up the chunk that was
 * begun first goes, whichever series it belongs to, so that all series reach back about equally far.
 *
 * <p>One thread adds; any may select and read.
 */
final class Ring {
    /** What an entry of the index costs beside the key itself. */
    private static final int SERIES_OVERHEAD_BYTES = 320;

    private final long budgetBytes;
    private final Map<SeriesKey, Samples> series = new HashMap<>();
    private final Map<String, Map<SeriesKey, Samples>> byMetric = new ConcurrentHashMap<>();
    private final Deque<Samples.Chunk> byAge = new ArrayDeque<>();
    private long bytes;

    Ring(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    void add(ReadingBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Samples samples = series.get(batch.series(i).key());
            if (samples == null) {
                samples = new Samples(batch.series(i));
                series.put(batch.series(i).key(), samples);
                byMetric.computeIfAbsent(batch.series(i).key().metric(), metric -> new ConcurrentHashMap<>())
                        .put(batch.series(i).key(), samples);
                bytes += SERIES_OVERHEAD_BYTES;
            }
            long timeMicros = EventTime.effectiveMicros(batch.timeMicros(i), batch.receivedMicros());
            Samples.Chunk begun = samples.add(timeMicros, batch.value(i));
            if (begun != null) {
                byAge.addLast(begun);
                bytes += begun.bytes();
            }
        }
        trim();
    }

    private void trim() {
        while (bytes > budgetBytes && byAge.size() > 1) {
            Samples owner = byAge.removeFirst().owner;
            bytes -= owner.dropOldest();
            if (owner.isEmpty()) {
                forget(owner.descriptor.key());
                bytes -= SERIES_OVERHEAD_BYTES;
            }
        }
    }

    private void forget(SeriesKey key) {
        series.remove(key);
        byMetric.computeIfPresent(key.metric(), (metric, ofMetric) -> {
            ofMetric.remove(key);
            return ofMetric.isEmpty() ? null : ofMetric;
        });
    }

    /** The series that one of the selectors chooses, in no order. */
    Collection<Samples> select(List<Selector> selectors) {
        Map<SeriesKey, Samples> chosen = new HashMap<>();
        for (Selector selector : selectors) {
            for (Map<SeriesKey, Samples> ofMetric : candidates(selector)) {
                ofMetric.forEach((key, samples) -> {
                    if (selector.matches(key)) {
                        chosen.put(key, samples);
                    }
                });
            }
        }
        return chosen.values();
    }

    private Collection<Map<SeriesKey, Samples>> candidates(Selector selector) {
        Optional<String> metric = selector.metric();
        return metric.isPresent() ? List.of(byMetric.getOrDefault(metric.get(), Map.of())) : byMetric.values();
    }

    /** The samples of a series, if any are held. */
    Optional<Samples> samples(SeriesKey key) {
        return Optional.ofNullable(byMetric.getOrDefault(key.metric(), Map.of()).get(key));
    }

    long bytes() {
        return bytes;
    }

    int seriesCount() {
        return series.size();
    }
}
