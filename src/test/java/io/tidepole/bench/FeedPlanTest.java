package io.tidepole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FeedPlanTest {
    @Test
    void readings_areDueInBatches() {
        FeedPlan plan = new FeedPlan(100, 3, 10, false, 0);
        assertThat(plan.dueNanos(0)).isZero();
        assertThat(plan.dueNanos(9)).isZero();
        assertThat(plan.dueNanos(10)).isEqualTo(100_000_000);
        assertThat(plan.dueAt(-1)).isZero();
        assertThat(plan.dueAt(0)).isEqualTo(10);
        assertThat(plan.dueAt(99_999_999)).isEqualTo(10);
        assertThat(plan.dueAt(100_000_000)).isEqualTo(20);
    }

    @Test
    void connections_areShared_andASeriesKeepsToOne() {
        FeedPlan single = new FeedPlan(100, 5, 1, false, 0);
        FeedPlan batches = new FeedPlan(100, 40, 10, false, 0);
        FeedPlan crooked = new FeedPlan(100, 35, 10, false, 0);
        assertThat(LongStream.range(0, 10).map(n -> single.connectionOf(n, 3)))
                .containsExactly(0L, 1L, 2L, 0L, 1L, 0L, 1L, 2L, 0L, 1L);
        assertThat(LongStream.of(0, 10, 20, 30, 40, 50).map(n -> batches.connectionOf(n, 3)))
                .containsExactly(0L, 1L, 2L, 0L, 0L, 1L);
        assertThat(LongStream.of(0, 10, 20, 30, 40).map(n -> crooked.connectionOf(n, 3)))
                .containsOnly(0L);
    }

    @Test
    void sensorValues_haveTwoDecimals_andNeighboursDiffer() {
        FeedPlan plan = new FeedPlan(100, 5, 1, true, 0);
        for (long number = 0; number < 10_000; number++) {
            double value = plan.value(number);
            assertThat(Double.parseDouble("%.2f".formatted(value))).isEqualTo(value);
            assertThat(plan.value(number + 5)).isNotEqualTo(value);
        }
    }

    @Test
    void padding_fillsAMessage() {
        assertThat(new FeedPlan(1, 1, 1, false, 340).padding()).matches(",\"pad1\":\"[a-z]{230}\"");
        assertThat(new FeedPlan(1, 1, 1, false, 4096).padding())
                .contains("pad16")
                .hasSizeGreaterThan(3986);
        assertThat(new FeedPlan(1, 1, 1, false, 0).padding()).isEmpty();
    }
}
