package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Aggregate;
import io.tidepole.window.By;
import io.tidepole.window.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PastTest {
    private static final long T0 = 1_760_000_400_000L;
    private static final long STARTED = T0 + 7_200_000;
    private static final int SPAN_MILLIS = 14_400_000;
    private static final List<Selector> ALL = List.of(Selector.parse("m"));
    private static final int[] STEPS = {1_000, 7_000, 30_000, 60_000, 180_000, 3_600_000};

    private static Descriptor series(String site, Descriptor.Kind kind) {
        return new Descriptor(SeriesKey.of("m", Map.of("site", site, "id", site)), Unit.ONE, kind);
    }

    /** Two runs of a server: what came in the first is on disk alone, what came in the second in memory and on disk. */
    private static final class Runs {
        private final MemoryArchive archive = new MemoryArchive();
        private final Ring ring;
        private final Descriptor series;
        private final NavigableMap<Long, Double> all = new TreeMap<>();

        Runs(Descriptor.Kind kind, long seed, int count, int ringBytes) {
            ring = new Ring(ringBytes);
            series = series("a", kind);
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                long at = T0 + random.nextInt(SPAN_MILLIS / 2);
                archive.add(series, at * 1_000, random.nextInt(1_000) / 8.0);
            }
            for (int i = 0; i < count; i++) {
                second(random, STARTED + (long) SPAN_MILLIS / 2 * i / count, i > count - 5);
            }
            all.putAll(archive.samples(series.key()));
            ring.samples(series.key()).ifPresent(held -> held.scan(Long.MIN_VALUE, Long.MAX_VALUE, all::put));
        }

        /** Some are late, some are sent again; the newest are not committed yet, and there are gaps. */
        private void second(Random random, long now, boolean committing) {
            long at =
                    switch (random.nextInt(10)) {
                        case 0 -> now - random.nextInt(3_600_000);
                        case 1 -> now / 60_000 * 60_000;
                        default -> now;
                    };
            if (committing || now % 1_000_000 > 100_000) {
                long time = (committing ? now : at) * 1_000;
                double value = random.nextInt(1_000) / 8.0;
                ring.add(new ReadingBatch.Builder(1).add(series, time, value).build(now * 1_000));
                if (!committing) {
                    archive.add(series, time, value);
                }
            }
        }

        Past past() {
            return new Past(ring, archive, STARTED * 1_000, Asker.ANYONE);
        }
    }

    @Property(tries = 300)
    void answer_from_memory_and_disk_is_that_of_all_samples_in_one_list(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @IntRange(min = 1_000, max = 20_000) int ringBytes,
            @ForAll Stat stat,
            @ForAll Descriptor.Kind kind,
            @ForAll @IntRange(min = 0, max = 5) int step,
            @ForAll @IntRange(min = 0, max = SPAN_MILLIS) int from)
            throws IOException {
        Runs runs = new Runs(kind, seed, count, ringBytes);
        long fromMillis = T0 + from;
        long untilMillis = Math.min(T0 + SPAN_MILLIS + 60_000, fromMillis + 5_000L * STEPS[step]);
        HistoryQuery query = new HistoryQuery(ALL, fromMillis, untilMillis, STEPS[step], stat);

        List<Row> rows = new ArrayList<>();
        Reader.read(runs.past(), query, rows::add);

        double[] expected = naive(runs.all, query, kind);
        if (rows.isEmpty()) {
            assertThat(Arrays.stream(expected)).allMatch(value -> Double.isNaN(value));
            return;
        }
        assertThat(rows).hasSize(1);
        assertThat(rows.get(0).values()).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(rows.get(0).values()[i]).isNaN();
            } else {
                assertThat(rows.get(0).values()[i]).isCloseTo(expected[i], within(Math.abs(expected[i]) * 1e-12));
            }
        }
    }

    /** Reading by reading, window by window. */
    private static double[] naive(NavigableMap<Long, Double> all, HistoryQuery query, Descriptor.Kind kind) {
        double[] values = new double[query.windows()];
        for (int i = 0; i < values.length; i++) {
            long endMicros = query.endMillis(i) * 1_000;
            long startMicros = endMicros - query.stepMillis() * 1_000L;
            Map.Entry<Long, Double> before = all.lowerEntry(startMicros);
            boolean follows = kind == Descriptor.Kind.COUNTER
                    && before != null
                    && before.getKey() >= query.startMicros() - 120_000_000;
            OptionalDouble value = naive(
                    all.subMap(startMicros, true, endMicros, false),
                    follows ? Optional.of(before) : Optional.empty(),
                    query.stat());
            values[i] = value.orElse(Double.NaN);
        }
        return values;
    }

    private static OptionalDouble naive(
            NavigableMap<Long, Double> window, Optional<Map.Entry<Long, Double>> before, Stat stat) {
        if (window.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Aggregate> readings = new ArrayList<>();
        long beforeMicros = before.map(Map.Entry::getKey).orElse(window.firstKey());
        double last = before.map(Map.Entry::getValue).orElse(window.firstEntry().getValue());
        double increase = 0;
        for (Map.Entry<Long, Double> sample : window.entrySet()) {
            double value = sample.getValue();
            increase += value >= last ? value - last : value;
            last = value;
            readings.add(Aggregate.of(sample.getKey(), value).withDistribution());
        }
        if (stat == Stat.RATE) {
            return window.lastKey() > beforeMicros
                    ? OptionalDouble.of(increase * 1e6 / (window.lastKey() - beforeMicros))
                    : OptionalDouble.empty();
        }
        return readings.stream().reduce(Aggregate::merge).orElseThrow().value(stat);
    }

    @Property(tries = 100)
    void scan_of_memory_and_disk_hands_over_each_time_once_and_in_order(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int count,
            @ForAll @IntRange(min = 1_000, max = 20_000) int ringBytes) {
        Runs runs = new Runs(Descriptor.Kind.GAUGE, seed, count, ringBytes);
        List<Map.Entry<Long, Double>> seen = new ArrayList<>();

        runs.past().scan(runs.series.key(), 0, Long.MAX_VALUE, (time, value) -> seen.add(Map.entry(time, value)));

        assertThat(seen).containsExactlyElementsOf(runs.all.entrySet());
    }

    @Test
    void series_by_a_label_are_answered_as_one_with_the_statistic_of_all_their_readings() throws IOException {
        Ring ring = new Ring(1 << 20);
        for (int i = 0; i < 10; i++) {
            Descriptor series = Descriptor.gauge(
                    SeriesKey.of("m", Map.of("site", i < 5 ? "north" : "south", "id", "" + i)), Unit.ONE);
            ring.add(new ReadingBatch.Builder(1).add(series, T0 * 1_000, i).build(T0 * 1_000));
        }

        assertThat(json(ring, Stat.MEAN, Asker.ANYONE))
                .contains("\"labels\":{\"site\":\"north\"},\"unit\":\"1\",\"values\":[2]")
                .contains("\"labels\":{\"site\":\"south\"},\"unit\":\"1\",\"values\":[7]");
        assertThat(json(ring, Stat.P95, Asker.ANYONE))
                .contains("\"values\":[4]")
                .contains("\"values\":[9]");
        assertThat(json(ring, Stat.COUNT, new Asker(key -> !key.label("id").equals("9"), () -> false)))
                .contains("\"values\":[5]")
                .contains("\"values\":[4]");
    }

    private static String json(Ring ring, Stat stat, Asker asker) throws IOException {
        HistoryQuery query = new HistoryQuery(ALL, T0, T0 + 1_000, 1_000, stat, Optional.of(new By(List.of("site"))));
        Past past = new Past(ring, Archive.NONE, 0, asker);
        return new String(HistoryJson.write(past, query, T0), StandardCharsets.UTF_8);
    }

    @Test
    void question_whose_asker_has_gone_stops() {
        Runs runs = new Runs(Descriptor.Kind.GAUGE, 1, 20_000, 1 << 20);
        AtomicBoolean gone = new AtomicBoolean();
        Past past = new Past(runs.ring, runs.archive, STARTED * 1_000, new Asker(key -> true, gone::get));
        List<Long> seen = new ArrayList<>();

        assertThatThrownBy(() -> past.scan(runs.series.key(), 0, Long.MAX_VALUE, (time, value) -> {
                    seen.add(time);
                    gone.set(true);
                }))
                .isInstanceOf(AbandonedException.class);
        assertThat(seen).hasSizeLessThan(5_000);
    }

    @Test
    void series_that_the_asker_may_not_read_are_not_there() {
        Runs runs = new Runs(Descriptor.Kind.GAUGE, 1, 10, 1 << 20);

        assertThat(runs.past().series(ALL, 0, Long.MAX_VALUE)).containsExactly(runs.series);
        assertThat(new Past(runs.ring, runs.archive, 0, new Asker(key -> false, () -> false))
                        .series(ALL, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void list_of_series_goes_page_by_page_and_knows_when_each_was_seen_last() throws IOException {
        Ring ring = new Ring(1 << 20);
        MemoryArchive archive = new MemoryArchive();
        archive.add(series("old", Descriptor.Kind.GAUGE), (T0 - 5 * 86_400_000L) * 1_000, 1);
        archive.add(series("both", Descriptor.Kind.GAUGE), (T0 - 86_400_000L) * 1_000, 1);
        for (String site : List.of("both", "new")) {
            ring.add(new ReadingBatch.Builder(1)
                    .add(series(site, Descriptor.Kind.COUNTER), T0 * 1_000, 2)
                    .build(T0 * 1_000));
        }
        Past past = new Past(ring, archive, T0 * 1_000, Asker.ANYONE);

        String first = list(past, List.of(), 2, "");
        assertThat(first)
                .startsWith("{\"total\":3,\"metrics\":1,\"series\":[{\"metric\":\"m\",\"labels\":{\"id\":\"both\"")
                .contains("\"kind\":\"counter\",\"lastTime\":" + T0)
                .contains("\"next\":");
        String last = list(
                past, List.of(), 2, series("new", Descriptor.Kind.GAUGE).key().toString());
        assertThat(last)
                .contains("\"id\":\"old\"")
                .contains("\"lastTime\":" + (T0 - 5 * 86_400_000L))
                .doesNotContain("next")
                .doesNotContain("\"id\":\"both\"");
        assertThat(list(past, List.of("SITE=\"NEW"), 10, ""))
                .contains("\"total\":1")
                .contains("\"id\":\"new\"");
        assertThat(list(past, List.of("new", "old"), 10, "")).contains("\"total\":0");
    }

    private static String list(Past past, List<String> words, int limit, String after) throws IOException {
        SeriesQuery query = new SeriesQuery(List.of(), words, limit, after, T0);
        return new String(SeriesList.write(past, query), StandardCharsets.UTF_8);
    }

    @Test
    void outline_holds_the_ends_and_the_extremes_of_each_minute() {
        MemoryArchive archive = new MemoryArchive();
        Descriptor series = series("a", Descriptor.Kind.GAUGE);
        for (int second = 0; second < 600; second++) {
            archive.add(series, (T0 + second * 1_000L) * 1_000, second == 90 ? 1_000 : second % 60);
        }
        TreeMap<Long, Double> seen = new TreeMap<>();

        new Past(new Ring(1 << 20), archive, STARTED * 1_000, Asker.ANYONE)
                .outline(series.key(), T0 * 1_000, (T0 + 600_000) * 1_000, seen::put);

        assertThat(seen).hasSizeBetween(30, 40);
        assertThat(seen.firstEntry().getValue()).isZero();
        assertThat(seen.lastEntry().getValue()).isEqualTo(59);
        assertThat(seen.values()).contains(1_000.0);
    }
}
