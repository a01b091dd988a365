package io.tidepole.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class DistributionTest {
    private static Distribution of(double... values) {
        Distribution all = Distribution.NONE;
        for (double value : values) {
            all = all.merge(Distribution.of(value));
        }
        return all;
    }

    /** The value at the rank that the quantile has by definition. */
    private static double exact(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    @Property
    void few_values_have_exact_quantiles_in_whatever_order_they_are_merged(
            @ForAll @Size(min = 1, max = 64) List<@DoubleRange(min = -1e6, max = 1e6) Double> values) {
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();

        for (double share : new double[] {0.5, 0.95, 0.99}) {
            assertThat(of(array).quantile(share)).hasValue(exact(array, share));
        }
    }

    @Test
    void many_values_have_quantiles_within_one_percent_negatives_too() {
        Random random = new Random(7);
        double[] frost = random.doubles(5_000, -25, -5).toArray();
        double[] room = random.doubles(5_000, 15, 27).toArray();
        double[] pressure = random.doubles(5_000, 1_005, 1_021).toArray();

        for (double[] values : List.of(frost, room, pressure)) {
            Distribution half = of(Arrays.copyOf(values, 2_500));
            Distribution rest = of(Arrays.copyOfRange(values, 2_500, 5_000));
            Distribution all = half.merge(rest);
            assertThat(all.count()).isEqualTo(5_000);
            for (double share : new double[] {0.5, 0.95, 0.99}) {
                double exact = exact(values, share);
                assertThat(all.quantile(share).getAsDouble())
                        .isCloseTo(exact, org.assertj.core.data.Offset.offset(Math.abs(exact) * 0.01));
            }
        }
    }
}
