package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Stat;
import java.util.BitSet;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RecentsTest {
    private final Recents recents = new Recents(60_000);

    private static FrameData tick(long endMillis, int slot, double... values) {
        Aggregate aggregate = null;
        for (int i = 0; i < values.length; i++) {
            Aggregate one = Aggregate.of((endMillis - 1_000) * 1_000 + i, values[i]);
            aggregate = aggregate == null ? one : aggregate.merge(one);
        }
        return new FrameData(
                endMillis, endMillis, 1, true, new int[] {slot}, new Aggregate[] {Objects.requireNonNull(aggregate)});
    }

    private static FrameData reading(long atMillis, int slot, double value) {
        return new FrameData(
                atMillis, atMillis, 1, false, new int[] {slot}, new Aggregate[] {Aggregate.of(atMillis * 1_000, value)
                });
    }

    private static BitSet slots(int... slots) {
        BitSet set = new BitSet();
        for (int slot : slots) {
            set.set(slot);
        }
        return set;
    }

    private Aggregate gathered(long after, int slot) {
        return Objects.requireNonNull(recents.gather(after, slots(slot)).aggregates()[slot]);
    }

    @Test
    void catch_up_is_right_for_each_statistic_over_what_was_missed() {
        recents.record(1, tick(1_000, 0, 100), 1_000);
        recents.record(2, tick(2_000, 0, 5, 1), 2_000);
        recents.record(3, tick(3_000, 0, 9), 3_000);

        Aggregate missed = gathered(1, 0);

        assertThat(missed.value(Stat.LAST)).hasValue(9);
        assertThat(missed.value(Stat.MIN)).hasValue(1);
        assertThat(missed.value(Stat.MAX)).hasValue(9);
        assertThat(missed.value(Stat.SUM)).hasValue(15);
        assertThat(missed.value(Stat.COUNT)).hasValue(3);
        assertThat(missed.value(Stat.MEAN)).hasValue(5);
    }

    @Test
    void slots_that_are_not_marked_are_left_out() {
        recents.record(1, tick(1_000, 0, 1), 1_000);
        recents.record(2, tick(2_000, 3, 1), 2_000);

        assertThat(recents.gather(0, slots(3)).aggregates()[0]).isNull();
    }

    @Test
    void newest_value_of_a_slot_outlives_the_window_of_catch_ups() {
        recents.record(1, tick(1_000, 0, 42), 1_000);
        recents.record(2, tick(100_000, 1, 1), 100_000);

        assertThat(gathered(0, 0).last()).isEqualTo(42);
    }

    @Test
    void single_readings_are_joined_but_not_across_the_moment_someone_falls_behind() {
        recents.record(1, reading(10, 0, 50), 10);
        recents.cut();
        recents.record(2, reading(20, 0, 3), 20);
        recents.record(3, reading(30, 0, 7), 30);

        Aggregate missed = gathered(1, 0);

        assertThat(missed.count()).isEqualTo(2);
        assertThat(missed.max()).isEqualTo(7);
        assertThat(missed.last()).isEqualTo(7);
    }
}
