package io.tidepole.prometheus;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Samples in lists. Times are seconds in here. */
final class ListStorage implements Storage.Samples {
    private final Map<SeriesKey, TreeMap<Long, Double>> samples = new TreeMap<>();

    ListStorage with(String metric, Map<String, String> labels, long second, double value) {
        samples.computeIfAbsent(SeriesKey.of(metric, labels), key -> new TreeMap<>())
                .put(second * 1_000_000, value);
        return this;
    }

    @Override
    public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
        return samples.entrySet().stream()
                .filter(series -> selectors.stream().anyMatch(selector -> selector.matches(series.getKey())))
                .filter(series ->
                        !series.getValue().subMap(fromMicros, untilMicros).isEmpty())
                .map(series -> Descriptor.gauge(series.getKey(), Unit.ONE))
                .toList();
    }

    @Override
    public void scan(SeriesKey series, long fromMicros, long untilMicros, Storage.Sink sink) {
        samples.getOrDefault(series, new TreeMap<>())
                .subMap(fromMicros, untilMicros)
                .forEach(sink::sample);
    }

    @Override
    public void outline(SeriesKey series, long fromMicros, long untilMicros, Storage.Sink sink) {
        scan(series, fromMicros, untilMicros, sink);
    }

    @Override
    public void check() {}
}
