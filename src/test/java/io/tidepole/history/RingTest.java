package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class RingTest {
    private static final long T0 = 1_760_000_000_000L;
    private static final List<Selector> ALL = List.of(Selector.parse("m"));

    private static Descriptor series(String label) {
        return Descriptor.gauge(SeriesKey.of("m", "i", label), Unit.ONE);
    }

    private static void add(Ring ring, String label, long atMillis, double value) {
        ring.add(new ReadingBatch.Builder(1)
                .add(series(label), atMillis * 1_000, value)
                .build(atMillis * 1_000));
    }

    private static String json(Ring ring, long from, long until, int step, Stat stat) throws IOException {
        return new String(
                HistoryJson.write(past(ring), new HistoryQuery(ALL, from, until, step, stat), T0),
                StandardCharsets.UTF_8);
    }

    private static Past past(Ring ring) {
        return new Past(ring, Archive.NONE, 0, Asker.ANYONE);
    }

    @Test
    void query_answers_windows_that_end_after_from_and_up_to_until() throws IOException {
        Ring ring = new Ring(1 << 20);
        add(ring, "a", T0 - 250, 1);
        add(ring, "a", T0 + 750, 2.5);
        add(ring, "a", T0 + 2_750, 3);
        add(ring, "a", T0 + 3_750, 4);

        assertThat(json(ring, T0, T0 + 3_000, 1_000, Stat.LAST))
                .isEqualTo(
                        "{\"step\":1000,\"stat\":\"last\",\"from\":1760000000000,\"until\":1760000003000,"
                                + "\"started\":1760000000000,\"t\":[1760000001000,1760000002000,1760000003000],"
                                + "\"series\":[{\"metric\":\"m\",\"labels\":{\"i\":\"a\"},\"unit\":\"1\",\"values\":[2.5,null,3]}]}");
    }

    @Test
    void coarse_window_shows_the_extremes_beside_the_last_value() throws IOException {
        Ring ring = new Ring(1 << 20);
        add(ring, "a", T0 + 100, 5);
        add(ring, "a", T0 + 200, 9);
        add(ring, "a", T0 + 300, 7);

        assertThat(json(ring, T0, T0 + 1_000, 1_000, Stat.LAST))
                .contains("\"values\":[7],\"min\":[5],\"max\":[9],\"first\":[5]");
        assertThat(json(ring, T0, T0 + 1_000, 1_000, Stat.MEAN))
                .contains("\"values\":[7]")
                .doesNotContain("min");
    }

    @Test
    void ring_over_its_budget_lets_the_oldest_go_and_stays_within_it() throws IOException {
        Ring ring = new Ring(200_000);
        for (int second = 0; second < 5_000; second++) {
            add(ring, "a", T0 + second * 1_000L, second);
            add(ring, "b", T0 + second * 1_000L, second);
        }

        assertThat(ring.bytes()).isBetween(150_000L, 200_000L);
        List<Row> rows = new ArrayList<>();
        Reader.read(past(ring), new HistoryQuery(ALL, T0 - 1_000, T0 + 5_000_000, 1_000, Stat.LAST), rows::add);
        assertThat(rows).hasSize(2);
        for (Row row : rows) {
            assertThat(row.values()[0]).isNaN();
            assertThat(row.values()[5_000]).isEqualTo(4_999);
        }
    }

    @Test
    void series_whose_samples_are_all_gone_is_forgotten() {
        Ring ring = new Ring(20_000);
        add(ring, "gone", T0, 1);
        for (int second = 0; second < 5_000; second++) {
            add(ring, "a", T0 + second * 1_000L, second);
        }

        assertThat(ring.seriesCount()).isEqualTo(1);
    }

    @Test
    void question_for_too_many_windows_is_refused() {
        assertThatThrownBy(() -> new HistoryQuery(ALL, 0, 100_000_000, 1_000, Stat.LAST))
                .hasMessageContaining("greater step");
    }

    @Property
    void samples_in_any_order_read_back_sorted_and_without_duplicates(
            @ForAll @Size(max = 300) List<@IntRange(min = 0, max = 500) Integer> times) {
        Samples samples = new Samples(series("a"));
        TreeMap<Long, Double> expected = new TreeMap<>();
        for (int i = 0; i < times.size(); i++) {
            long time = times.get(i);
            if (expected.isEmpty() || time >= expected.firstKey()) {
                expected.put(time, (double) i);
            }
            samples.add(time, i);
        }

        List<String> read = new ArrayList<>();
        samples.scan(Long.MIN_VALUE, Long.MAX_VALUE, (time, value) -> read.add(time + "=" + value));

        assertThat(read)
                .isEqualTo(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
    }
}
