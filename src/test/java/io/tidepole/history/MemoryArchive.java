package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An archive as simple as it can be, and slow. */
final class MemoryArchive implements Archive {
    private final Map<SeriesKey, Descriptor> descriptors = new HashMap<>();
    private final Map<SeriesKey, NavigableMap<Long, Double>> samples = new HashMap<>();

    void add(Descriptor series, long timeMicros, double value) {
        descriptors.put(series.key(), series);
        samples.computeIfAbsent(series.key(), key -> new TreeMap<>()).put(timeMicros, value);
    }

    NavigableMap<Long, Double> samples(SeriesKey series) {
        return samples.getOrDefault(series, new TreeMap<>());
    }

    @Override
    public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
        return descriptors.values().stream()
                .filter(series -> selectors.stream().anyMatch(selector -> selector.matches(series.key())))
                .filter(series ->
                        !samples(series.key()).subMap(fromMicros, untilMicros).isEmpty())
                .sorted(Comparator.comparing(Descriptor::key))
                .toList();
    }

    @Override
    public void scan(SeriesKey series, long fromMicros, long untilMicros, Samples.Visitor visitor) {
        samples(series).subMap(fromMicros, untilMicros).forEach(visitor::sample);
    }

    @Override
    public void scanTier(SeriesKey series, Tier tier, long fromMillis, long untilMillis, TierVisitor visitor) {
        long lengthMicros = tier.lengthMillis() * 1_000L;
        NavigableMap<Long, Aggregate> windows = new TreeMap<>();
        samples(series)
                .subMap(fromMillis * 1_000, untilMillis * 1_000)
                .forEach((time, value) -> windows.merge(
                        Math.floorDiv(time, lengthMicros) + 1, Aggregate.of(time, value), Aggregate::merge));
        windows.forEach((window, aggregate) -> visitor.window(window * tier.lengthMillis(), aggregate));
    }

    @Override
    public long rawFromMicros() {
        return 0;
    }
}
