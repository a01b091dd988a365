package io.tidepole.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AcrossTest {
    private static Aggregate of(long firstMicros, double... values) {
        long[] times = new long[values.length];
        Arrays.setAll(times, i -> firstMicros + i);
        return Aggregate.of(times, values, values.length, true);
    }

    private static Aggregate across(Aggregate... members) {
        Across across = new Across();
        List.of(members).forEach(across::add);
        return across.aggregate();
    }

    @Test
    void figures_areThoseOfAllReadings() {
        Aggregate both = across(of(200, 3, 5), of(100, 1, 9));

        assertThat(both.count()).isEqualTo(4);
        assertThat(both.sum()).isEqualTo(18);
        assertThat(both.min()).isEqualTo(1);
        assertThat(both.max()).isEqualTo(9);
        assertThat(both.first()).isEqualTo(1);
        assertThat(both.last()).isEqualTo(5);
        assertThat(both.value(Stat.P50)).hasValue(3);
    }

    @Test
    void rates_addUp_thoughSeriesAreReadAtDifferentMoments() {
        Aggregate fast = of(1_000_000, 100).following(0, 40);
        Aggregate slow = of(1_900_000, 20).following(400_000, 5);
        Aggregate idle = of(1_500_000, 7).following(500_000, 7);
        Aggregate newcomer = of(1_950_000, 1_000);

        Aggregate all = across(fast, slow, idle, newcomer);

        assertThat(all.increase()).isEqualTo(75);
        assertThat(all.value(Stat.RATE).getAsDouble()).isCloseTo(70, within(1e-3));
        assertThat(across(idle).value(Stat.RATE)).hasValue(0);
        assertThat(across(newcomer).value(Stat.RATE)).isEmpty();
    }

    @Test
    void quantiles_ofTenThousandSeries_areWithinOnePercent() {
        Random random = new Random(7);
        double[] all = new double[10_000];
        Across across = new Across();
        for (int i = 0; i < all.length; i++) {
            all[i] = -5 + 30 * random.nextGaussian();
            across.add(of(i, all[i]));
        }
        Arrays.sort(all);

        Aggregate aggregate = across.aggregate();

        assertThat(aggregate.value(Stat.P95).getAsDouble()).isCloseTo(all[9_499], within(Math.abs(all[9_499]) * 0.01));
        assertThat(aggregate.value(Stat.P50).getAsDouble()).isCloseTo(all[4_999], within(Math.abs(all[4_999]) * 0.01));
    }

    @Test
    void quantile_isNone_whereAMemberHasNone() {
        Aggregate without = Aggregate.of(new long[] {1}, new double[] {2}, 1, false);

        assertThat(across(of(0, 1), without).value(Stat.P50)).isEmpty();
    }

    @Test
    void nothing_hasNoAggregate() {
        assertThatThrownBy(() -> new Across().aggregate()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void group_hasTheLabelsThatWereAskedFor_andNoOthers() {
        Descriptor member = Descriptor.gauge(
                SeriesKey.of("temperature", Map.of("device", "s-1", "site", "north", "line", "2")), Unit.CELSIUS);

        assertThat(new By(List.of("site", "floor")).group(member))
                .isEqualTo(Descriptor.gauge(SeriesKey.of("temperature", "site", "north"), Unit.CELSIUS));
        assertThat(new By(List.of()).group(member))
                .isEqualTo(Descriptor.gauge(SeriesKey.of("temperature", Map.of()), Unit.CELSIUS));
    }
}
