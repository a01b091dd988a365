package io.tidepole.history;

import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.EventTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The recent past of all series at full resolution, within a budget in bytes. When it is used up the chunk that was
 * begun first goes, whichever series it belongs to, so that all series reach back about equally far.
 */
final class Ring {
    /** What an entry of the index costs beside the key itself. */
    private static final int SERIES_OVERHEAD_BYTES = 256;

    private final long budgetBytes;
    private final Map<SeriesKey, Samples> series = new HashMap<>();
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
            Samples.Chunk oldest = byAge.removeFirst();
            bytes -= oldest.bytes();
            oldest.owner.dropOldest();
            if (oldest.owner.isEmpty()) {
                series.remove(oldest.owner.descriptor.key());
                bytes -= SERIES_OVERHEAD_BYTES;
            }
        }
    }

    /** The series that one of the selectors chooses, sorted by key. */
    List<Samples> select(List<Selector> selectors) {
        List<Samples> chosen = new ArrayList<>();
        for (Samples samples : series.values()) {
            SeriesKey key = samples.descriptor.key();
            if (selectors.stream().anyMatch(selector -> selector.matches(key))) {
                chosen.add(samples);
            }
        }
        chosen.sort(Comparator.comparing(samples -> samples.descriptor.key()));
        return chosen;
    }

    long bytes() {
        return bytes;
    }

    int seriesCount() {
        return series.size();
    }
}
