package io.tidepole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class InspectorTest {
    private static final long LATER_NANOS = 60_000_000_000L;

    private final FeedClock clock = new FeedClock(new FeedPlan(10, 2, 1, false, 0));
    private final Tally tally = new Tally();
    private final Message message = new Message();
    private long startNanos;

    @BeforeEach
    void start() {
        clock.start();
        startNanos = clock.dueNanos(0);
    }

    private Inspector inspector(boolean columns, int intervalMillis) {
        return new Inspector(
                clock,
                new Options.Crowd(1, 1, "", columns, intervalMillis, "last", List.of("bench"), 100, 0, 0, 0, 1),
                tally,
                true);
    }

    private void give(Inspector inspector, String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        message.parse(text, text.length);
        inspector.accept(message, startNanos + LATER_NANOS);
    }

    private static String flat(int series, int value) {
        return "{\"type\":\"metric.update\",\"metric\":\"bench\",\"labels\":{\"device\":\"bench-" + series
                + "\"},\"value\":" + value + ",\"timestamp\":0}";
    }

    @Test
    void flatReadings_inOrder_areGood_andTimed() throws IOException {
        Inspector inspector = inspector(false, 0);
        for (int number = 0; number < 10; number++) {
            give(inspector, flat(number % 2, number));
        }
        assertThat(tally.lost + tally.wrong + tally.repeated).isZero();
        assertThat(tally.latency.getTotalCount()).isEqualTo(10);
        assertThat(tally.latency.getMaxValue()).isBetween(59_900_000L, 60_100_000L);
    }

    @Test
    void flatReading_missing_isLost() throws IOException {
        Inspector inspector = inspector(false, 0);
        give(inspector, flat(0, 0));
        give(inspector, flat(0, 6));
        assertThat(tally.lost).isEqualTo(2);
    }

    @Test
    void catchUp_standsForWhatWasMissed() throws IOException {
        Inspector inspector = inspector(false, 0);
        give(inspector, flat(0, 0));
        give(inspector, flat(0, 6).replace("\"timestamp\":0", "\"timestamp\":0,\"since\":1"));
        assertThat(tally.lost).isZero();
        assertThat(tally.merged).isEqualTo(2);
    }

    @Test
    void value_ofAnotherSeries_isWrong() throws IOException {
        give(inspector(false, 0), flat(0, 3));
        assertThat(tally.wrong).isEqualTo(1);
    }

    @Test
    void columns_areCheckedByTheirIds_andSeqMustNotJump() throws IOException {
        Inspector inspector = inspector(true, 1000);
        give(inspector, "{\"type\":\"series.added\",\"series\":[{\"id\":7,\"labels\":{\"device\":\"bench-1\"}}]}");
        give(inspector, "{\"type\":\"metric.update\",\"seq\":4,\"t\":1,\"ids\":[7,9],\"values\":[11,5]}");
        assertThat(tally.lost + tally.wrong).isZero();
        give(inspector, "{\"type\":\"metric.update\",\"seq\":6,\"t\":2,\"ids\":[7],\"values\":[12]}");
        assertThat(tally.lost).isEqualTo(1);
        assertThat(tally.wrong).as("12 belongs to the other series").isEqualTo(1);
    }

    @Test
    void text_thatIsNotOneObject_isRefused() {
        assertThatThrownBy(() -> give(inspector(false, 0), "[]")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> give(inspector(false, 0), "{} {}")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> give(inspector(false, 0), "{\"a\":")).isInstanceOf(IOException.class);
    }
}
