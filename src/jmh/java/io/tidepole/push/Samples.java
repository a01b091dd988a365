package io.tidepole.push;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Pane;
import io.tidepole.window.Series;
import io.tidepole.window.Stat;
import io.tidepole.window.Tick;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What all benchmarks are fed: sensors whose values have two decimals and do not settle. */
final class Samples {
    private static final long START_MICROS = 1_760_000_000_000_000L;

    private final Descriptor[] descriptors;
    private final Series[] series;
    private final Random random = new Random(7);
    private long step;

    Samples(int count) {
        descriptors = new Descriptor[count];
        series = new Series[count];
        for (int i = 0; i < count; i++) {
            SeriesKey key = SeriesKey.of("temperature", Map.of("device", "sensor-" + i, "site", "quay-west"));
            descriptors[i] = Descriptor.gauge(key, Unit.CELSIUS);
            series[i] = new Series(i, descriptors[i]);
        }
    }

    Descriptor descriptor(int index) {
        return descriptors[index];
    }

    double value() {
        return (1_500 + random.nextInt(1_000)) / 100.0;
    }

    /** One window of a second with all series. */
    Tick tick() {
        step++;
        long endMillis = START_MICROS / 1_000 + step * 1_000;
        Aggregate[] aggregates = new Aggregate[series.length];
        for (int i = 0; i < aggregates.length; i++) {
            aggregates[i] = Aggregate.of(endMillis * 1_000 - 250_000, value());
        }
        return new Tick(step, endMillis, List.of(new Pane(1_000, series, aggregates, series.length)), List.of());
    }

    /** One reading of each series. */
    ReadingBatch batch() {
        step++;
        long micros = START_MICROS + step * 20_000;
        ReadingBatch.Builder batch = new ReadingBatch.Builder(descriptors.length);
        for (Descriptor descriptor : descriptors) {
            batch.add(descriptor, micros, value());
        }
        return batch.build(micros);
    }

    static Spec spec(int intervalMillis) {
        return new Spec(List.of(Selector.parse("temperature")), intervalMillis, Stat.LAST, java.util.Optional.empty(), io.tidepole.auth.ReadRights.ALL);
    }
}
