package io.tidepole.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Aggregate;
import io.tidepole.window.By;
import io.tidepole.window.GroupedPane;
import io.tidepole.window.Grouping;
import io.tidepole.window.Interest;
import io.tidepole.window.Pane;
import io.tidepole.window.Stat;
import io.tidepole.window.Tick;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class PanesTest {
    private static final long T0 = 1_760_000_000_000L;
    private static final Descriptor GAUGE = Descriptor.gauge(SeriesKey.of("temperature", "device", "a"), Unit.CELSIUS);
    private static final Descriptor COUNTER =
            new Descriptor(SeriesKey.of("pulses", "device", "a"), Unit.ONE, Descriptor.Kind.COUNTER);

    private final Panes panes = started(T0);

    /** Panes whose first, partial window lies behind. */
    private static Panes started(long nowMillis) {
        Panes panes = new Panes(1_000, nowMillis - 1_000);
        panes.advance(nowMillis);
        return panes;
    }

    private void read(Descriptor series, long atMillis, double value) {
        read(series, atMillis, atMillis, value);
    }

    private void read(Descriptor series, long atMillis, long receivedMillis, double value) {
        panes.fold(
                new ReadingBatch.Builder(1).add(series, atMillis * 1_000, value).build(receivedMillis * 1_000));
    }

    private static Aggregate only(Tick tick, int intervalMillis) {
        List<Aggregate> found = new ArrayList<>();
        for (Pane pane : tick.panes()) {
            if (pane.intervalMillis() == intervalMillis) {
                assertThat(pane.size()).isEqualTo(1);
                found.add(pane.aggregate(0));
            }
        }
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Test
    void series_whose_first_window_is_not_sent_appears_with_its_newest_reading() {
        Panes starting = new Panes(1_000, T0 + 300);
        starting.fold(new ReadingBatch.Builder(2)
                .add(GAUGE, (T0 + 400) * 1_000, 4)
                .add(GAUGE, (T0 + 350) * 1_000, 3)
                .build((T0 + 400) * 1_000));

        Tick first = starting.advance(T0 + 1_000).get(0);

        assertThat(first.panes()).isEmpty();
        assertThat(first.appeared()).hasSize(1);
        Tick.Newcomer newcomer = first.appeared().get(0);
        assertThat(newcomer.series().descriptor()).isEqualTo(GAUGE);
        assertThat(newcomer.timeMicros()).isEqualTo((T0 + 400) * 1_000);
        assertThat(newcomer.value()).isEqualTo(4);
        assertThat(starting.advance(T0 + 2_000).get(0).appeared()).isEmpty();
    }

    @Test
    void series_whose_first_reading_is_too_late_appears() {
        read(GAUGE, T0 - 60_000, T0 + 100, 7);

        Tick tick = panes.advance(T0 + 1_000).get(0);

        assertThat(tick.appeared()).extracting(Tick.Newcomer::value).containsExactly(7.0);
        assertThat(panes.lateCount()).isEqualTo(1);
    }

    @Test
    void window_closes_at_its_aligned_end_with_exact_figures() {
        read(GAUGE, T0 + 100, 3);
        read(GAUGE, T0 + 900, 1);
        read(GAUGE, T0 + 500, 8);

        assertThat(panes.advance(T0 + 999)).isEmpty();
        List<Tick> ticks = panes.advance(T0 + 1_000);

        assertThat(ticks).hasSize(1);
        assertThat(ticks.get(0).endMillis()).isEqualTo(T0 + 1_000);
        Aggregate aggregate = only(ticks.get(0), 1_000);
        assertThat(aggregate.count()).isEqualTo(3);
        assertThat(aggregate.min()).isEqualTo(1);
        assertThat(aggregate.max()).isEqualTo(8);
        assertThat(aggregate.sum()).isEqualTo(12);
        assertThat(aggregate.first()).isEqualTo(3);
        assertThat(aggregate.last()).isEqualTo(1);
    }

    @Test
    void window_is_half_open_and_a_reading_at_its_end_counts_in_the_next() {
        read(GAUGE, T0 + 1_000, 5);

        assertThat(panes.advance(T0 + 1_000).get(0).panes().get(0).size()).isZero();
        assertThat(only(panes.advance(T0 + 2_000).get(0), 1_000).last()).isEqualTo(5);
    }

    @Test
    void late_reading_within_the_lateness_repeats_its_window_corrected() {
        read(GAUGE, T0 + 500, 5);
        panes.advance(T0 + 1_000);
        read(GAUGE, T0 + 700, T0 + 1_300, 9);

        List<Tick> ticks = panes.advance(T0 + 1_400);

        assertThat(ticks).hasSize(1);
        assertThat(ticks.get(0).endMillis()).isEqualTo(T0 + 1_000);
        assertThat(only(ticks.get(0), 1_000).last()).isEqualTo(9);
        assertThat(only(ticks.get(0), 1_000).count()).isEqualTo(2);
        assertThat(panes.advance(T0 + 1_500)).isEmpty();
    }

    @Test
    void reading_later_than_the_lateness_is_counted_and_changes_no_window() {
        panes.advance(T0 + 30_000);
        read(GAUGE, T0 + 500, T0 + 30_000, 5);

        assertThat(panes.advance(T0 + 30_100)).isEmpty();
        assertThat(panes.lateCount()).isEqualTo(1);
    }

    @Test
    void stamp_a_second_ahead_counts_at_receipt() {
        read(GAUGE, T0 + 3_600_000, T0 + 500, 5);

        assertThat(only(panes.advance(T0 + 1_000).get(0), 1_000).lastMicros()).isEqualTo((T0 + 500) * 1_000);
    }

    @Test
    void longer_window_that_someone_watches_is_merged_from_the_base() {
        panes.watch(new Interest(Set.of(5_000), Set.of()), T0);
        panes.advance(T0 + 5_000);
        List<Tick> ticks = new ArrayList<>();
        for (int second = 5; second < 10; second++) {
            read(GAUGE, T0 + second * 1_000L + 500, second);
            ticks.addAll(panes.advance(T0 + (second + 1) * 1_000L));
        }

        assertThat(ticks).hasSize(5);
        Aggregate aggregate = only(ticks.get(4), 5_000);
        assertThat(aggregate.count()).isEqualTo(5);
        assertThat(aggregate.sum()).isEqualTo(5 + 6 + 7 + 8 + 9);
        assertThat(only(ticks.get(4), 1_000).count()).isEqualTo(1);
    }

    @Test
    void sub_second_windows_come_and_go_without_losing_a_reading_of_the_second() {
        read(GAUGE, T0 + 50, 1);
        panes.watch(new Interest(Set.of(200), Set.of()), T0 + 60);
        read(GAUGE, T0 + 150, 2);
        assertThat(panes.advance(T0 + 200)).extracting(Tick::endMillis).containsExactly(T0 + 100, T0 + 200);
        read(GAUGE, T0 + 250, 3);
        panes.watch(new Interest(Set.of(), Set.of()), T0 + 260);
        read(GAUGE, T0 + 900, 4);

        List<Tick> ticks = panes.advance(T0 + 1_000);
        Tick tick = ticks.get(ticks.size() - 1);

        assertThat(only(tick, 1_000).count()).isEqualTo(4);
        assertThat(only(tick, 1_000).sum()).isEqualTo(10);
    }

    @Test
    void counter_rate_counts_from_the_window_before_and_survives_a_reset() {
        read(COUNTER, T0 + 500, 100);
        panes.advance(T0 + 1_000);
        read(COUNTER, T0 + 1_500, 130);
        assertThat(only(panes.advance(T0 + 2_000).get(0), 1_000).value(Stat.RATE))
                .hasValue(30);

        read(COUNTER, T0 + 2_500, 7);
        assertThat(only(panes.advance(T0 + 3_000).get(0), 1_000).value(Stat.RATE))
                .hasValue(7);
    }

    @Test
    void quantiles_are_kept_where_someone_wants_them_and_survive_merging_upward() {
        panes.watch(new Interest(Set.of(5_000), Set.of(Selector.parse("temperature"))), T0);
        panes.advance(T0 + 5_000);
        List<Tick> ticks = new ArrayList<>();
        for (int second = 5; second < 10; second++) {
            for (int i = 0; i < 100; i++) {
                read(GAUGE, T0 + second * 1_000L + i, (second - 5) * 100 + i - 250);
            }
            read(COUNTER, T0 + second * 1_000L, second);
            ticks.addAll(panes.advance(T0 + (second + 1) * 1_000L));
        }

        Pane pane = ticks.get(4).panes().get(1);
        assertThat(pane.intervalMillis()).isEqualTo(5_000);
        assertThat(pane.aggregate(0).value(Stat.P50).getAsDouble()).isBetween(-3.0, 3.0);
        assertThat(pane.aggregate(0).value(Stat.P95).getAsDouble()).isBetween(224 * 0.994, 225 * 1.006);
        assertThat(pane.aggregate(1).value(Stat.P50)).isEmpty();
    }

    @Test
    void series_beyond_the_limit_are_refused_and_known_ones_go_on() {
        for (int i = 0; i < 1_500; i++) {
            read(Descriptor.gauge(SeriesKey.of("m", "i", "" + i), Unit.ONE), T0 + 10, i);
        }
        read(Descriptor.gauge(SeriesKey.of("m", "i", "0"), Unit.ONE), T0 + 20, 42);

        assertThat(panes.seriesCount()).isEqualTo(1_000);
        assertThat(panes.refusedCount()).isEqualTo(500);
        assertThat(panes.advance(T0 + 1_000).get(0).panes().get(0).size()).isEqualTo(1_000);
    }

    @Test
    void series_silent_for_an_hour_is_retired() {
        read(GAUGE, T0 + 10, 1);
        panes.advance(T0 + 1_000);

        List<Tick> ticks = new ArrayList<>();
        for (long now = T0; now <= T0 + 3_700_000; now += 30_000) {
            ticks.addAll(panes.advance(now));
        }

        assertThat(ticks.stream().flatMap(tick -> tick.retired().stream()))
                .singleElement()
                .satisfies(series -> assertThat(series.descriptor()).isEqualTo(GAUGE));
        assertThat(panes.seriesCount()).isZero();
    }

    @Test
    void clock_that_leaps_forward_opens_windows_at_the_new_time() {
        read(GAUGE, T0 + 10, 1);
        List<Tick> ticks = panes.advance(T0 + 7_200_500);

        assertThat(ticks).hasSize(1);
        assertThat(only(ticks.get(0), 1_000).last()).isEqualTo(1);
        assertThat(panes.nextEndMillis()).isEqualTo(T0 + 7_201_000);
    }

    @Test
    void reading_that_comes_twice_counts_once_and_the_last_one_written_wins() {
        read(GAUGE, T0 + 100, 3);
        read(GAUGE, T0 + 200, 5);
        read(GAUGE, T0 + 100, T0 + 600, 4);

        Aggregate aggregate = only(panes.advance(T0 + 1_000).get(0), 1_000);
        assertThat(aggregate.count()).isEqualTo(2);
        assertThat(aggregate.sum()).isEqualTo(9);
        assertThat(panes.duplicateCount()).isEqualTo(1);

        read(GAUGE, T0 + 200, T0 + 1_500, 7);
        assertThat(only(panes.advance(T0 + 1_600).get(0), 1_000).sum()).isEqualTo(11);
    }

    @Test
    void stamps_of_a_fast_clock_are_distinct_readings() {
        panes.fold(new ReadingBatch.Builder(2)
                .add(GAUGE, (T0 + 60_000) * 1_000, 1)
                .add(GAUGE, (T0 + 61_000) * 1_000, 2)
                .build((T0 + 10) * 1_000));

        assertThat(only(panes.advance(T0 + 1_000).get(0), 1_000).count()).isEqualTo(2);
    }

    @Test
    void window_with_more_readings_than_are_kept_is_exact_and_counts_what_it_cannot_weed() {
        for (int i = 0; i < 1_000; i++) {
            read(GAUGE, T0 + i, i);
            read(GAUGE, T0 + i, i);
        }
        read(GAUGE, T0 + 5, T0 + 999, 5);

        Aggregate aggregate = only(panes.advance(T0 + 1_000).get(0), 1_000);
        assertThat(aggregate.count()).isEqualTo(1_001);
        assertThat(aggregate.max()).isEqualTo(999);
        assertThat(aggregate.last()).isEqualTo(999);
        assertThat(panes.duplicateCount()).isEqualTo(1_000);
        assertThat(panes.doubtfulCount()).isEqualTo(1);
    }

    @Test
    void late_reading_corrects_the_longer_window_too_though_a_part_of_it_is_sealed() {
        panes.watch(new Interest(Set.of(30_000), Set.of()), T0);
        panes.advance(T0 + 30_000 - T0 % 30_000);
        long start = T0 + 30_000 - T0 % 30_000;
        panes.advance(start + 30_000);
        read(GAUGE, start + 30_500, 1);
        read(GAUGE, start + 55_500, 2);
        panes.advance(start + 60_000);
        read(GAUGE, start + 57_500, start + 63_000, 4);

        List<Tick> ticks = panes.advance(start + 63_000);

        Aggregate corrected = only(ticks.get(1), 30_000);
        assertThat(corrected.sum()).isEqualTo(7);
        assertThat(corrected.count()).isEqualTo(3);
    }

    @Test
    void windows_stay_fine_for_a_minute_and_lose_nothing_when_they_become_coarse() {
        panes.watch(new Interest(Set.of(100), Set.of()), T0);
        panes.watch(new Interest(Set.of(), Set.of()), T0 + 500);
        for (int i = 0; i < 100; i++) {
            read(GAUGE, T0 + 1_000L * i + 50, i);
            read(GAUGE, T0 + 1_000L * i + 750, i);
            List<Tick> ticks = panes.advance(T0 + 1_000L * i + 1_000);
            assertThat(only(ticks.get(ticks.size() - 1), 1_000).count()).isEqualTo(2);
        }
        assertThat(panes.nextEndMillis()).isEqualTo(T0 + 101_000);
    }

    @Test
    void groups_across_series_are_sent_and_corrected_as_a_whole() {
        Grouping bySite = new Grouping(List.of(Selector.parse("t")), new By(List.of("site")));
        panes.watch(new Interest(Set.of(), Set.of(Selector.parse("t")), Map.of(bySite, Set.of(1_000))), T0);
        read(site("north", 1), T0 + 100, 10);
        read(site("north", 2), T0 + 200, 20);
        read(site("south", 3), T0 + 300, 30);
        read(GAUGE, T0 + 300, 99);

        GroupedPane pane = panes.advance(T0 + 1_000).get(0).grouped().get(0);
        assertThat(pane.groups())
                .extracting(group -> group.key().toString())
                .containsExactly("t{site=\"north\"}", "t{site=\"south\"}");
        assertThat(pane.aggregates()).extracting(Aggregate::sum).containsExactly(30.0, 30.0);
        assertThat(pane.aggregates().get(0).value(Stat.P50)).hasValue(10);

        read(site("north", 3), T0 + 900, T0 + 1_500, 60);
        GroupedPane corrected = panes.advance(T0 + 1_600).get(0).grouped().get(0);
        assertThat(corrected.groups()).hasSize(1);
        assertThat(corrected.aggregates()).extracting(Aggregate::sum).containsExactly(90.0);
    }

    private static Descriptor site(String site, int device) {
        return Descriptor.gauge(SeriesKey.of("t", Map.of("site", site, "device", "d" + device)), Unit.CELSIUS);
    }

    /** A reading on its way: its stamp, and how long it takes, in milliseconds. */
    private record Sent(boolean counter, int atMillis, int delayMillis, double value) {}

    @Property(tries = 300)
    void shuffled_doubled_and_late_readings_give_the_same_windows_as_readings_in_order(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 19_999) Integer> stamps,
            @ForAll boolean fine,
            @ForAll java.util.Random random) {
        List<Sent> inOrder = new ArrayList<>();
        List<Sent> late = new ArrayList<>();
        for (int stamp : stamps.stream().distinct().sorted().toList()) {
            for (boolean counter : new boolean[] {false, true}) {
                double value = counter ? (stamp + 3) % 7_000 : stamp % 13 - 6;
                inOrder.add(new Sent(counter, stamp, 0, value));
                for (int copy = random.nextInt(3); copy >= 0; copy--) {
                    late.add(new Sent(counter, stamp, random.nextInt(9_000), value));
                }
            }
        }
        late.sort(java.util.Comparator.comparingInt(sent -> sent.atMillis() + sent.delayMillis()));

        assertThat(windows(late, fine)).isEqualTo(windows(inOrder, fine));
    }

    /** What viewers have in the end: by length, end and series. */
    private static Map<String, Aggregate> windows(List<Sent> sent, boolean fine) {
        Panes panes = started(T0 - 60_000);
        panes.watch(
                new Interest(
                        fine ? Set.of(200, 5_000) : Set.of(2_000, 5_000, 15_000),
                        Set.of(Selector.parse("{device=\"a\"}"))),
                T0 - 59_000);
        Map<String, Aggregate> windows = new TreeMap<>();
        advance(panes, T0, windows);
        for (Sent each : sent) {
            long now = T0 + each.atMillis() + each.delayMillis();
            advance(panes, now, windows);
            panes.fold(new ReadingBatch.Builder(1)
                    .add(each.counter() ? COUNTER : GAUGE, (T0 + each.atMillis()) * 1_000, each.value())
                    .build(now * 1_000));
        }
        advance(panes, T0 + 40_000, windows);
        assertThat(panes.lateCount()).isZero();
        return windows;
    }

    private static void advance(Panes panes, long nowMillis, Map<String, Aggregate> windows) {
        for (Tick tick : panes.advance(nowMillis)) {
            for (Pane pane : tick.panes()) {
                for (int i = 0; i < pane.size(); i++) {
                    windows.put(
                            pane.intervalMillis() + " " + tick.endMillis() + " "
                                    + pane.series(i).descriptor().key(),
                            pane.aggregate(i));
                }
            }
        }
    }
}
