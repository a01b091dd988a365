package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class LineTest {
    private static final long SECOND = 1_000_000;

    private static List<Double> values(Run run) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < run.size(); i++) {
            values.add(run.value(i));
        }
        return values;
    }

    @Property(tries = 200)
    void reduced_line_keeps_its_ends_and_extremes_and_takes_its_points_in_order_from_the_line(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5_000) int size,
            @ForAll @IntRange(min = 3, max = 300) int points) {
        Random random = new Random(seed);
        Run line = new Run();
        double value = 0;
        for (int i = 0; i < size; i++) {
            value += random.nextGaussian();
            line.add(i * SECOND, value);
        }

        Run reduced = Line.reduced(line, points);

        assertThat(reduced.size()).isLessThanOrEqualTo(Math.max(3, points));
        assertThat(reduced.value(0)).isEqualTo(line.value(0));
        assertThat(reduced.value(reduced.size() - 1)).isEqualTo(line.value(size - 1));
        long before = -1;
        for (int i = 0; i < reduced.size(); i++) {
            assertThat(reduced.timeMicros(i)).isGreaterThan(before);
            before = reduced.timeMicros(i);
            assertThat(reduced.value(i)).isEqualTo(line.value((int) (before / SECOND)));
        }
    }

    @Test
    void peak_of_one_sample_survives() {
        Run line = new Run();
        for (int i = 0; i < 100_000; i++) {
            line.add(i * SECOND, i == 77_777 ? 50 : Math.sin(i / 5_000.0));
        }

        assertThat(values(Line.reduced(line, 100))).contains(50.0);
    }

    @Test
    void gap_stays_one() {
        Run line = new Run();
        for (int i = 0; i < 2_000; i++) {
            line.add((i < 1_000 ? i : i + 500) * SECOND, 1);
        }

        Run reduced = Line.reduced(line, 100);

        int gap = values(reduced).indexOf(Double.NaN);
        assertThat(gap).isPositive();
        assertThat(reduced.timeMicros(gap - 1)).isEqualTo(999 * SECOND);
        assertThat(reduced.timeMicros(gap + 1)).isEqualTo(1_500 * SECOND);
        assertThat(values(reduced).lastIndexOf(Double.NaN)).isEqualTo(gap);
    }

    @Test
    void short_line_is_left_as_it_is() {
        Run line = new Run();
        assertThat(Line.reduced(line, 10).size()).isZero();
        line.add(SECOND, 1);
        assertThat(values(Line.reduced(line, 10))).containsExactly(1.0);
        line.add(2 * SECOND, 2);
        line.add(3 * SECOND, 3);
        assertThat(values(Line.reduced(line, 10))).containsExactly(1.0, 2.0, 3.0);
    }
}
