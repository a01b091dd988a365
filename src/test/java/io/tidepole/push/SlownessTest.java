package io.tidepole.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import io.tidepole.push.Slowness.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SlownessTest {
    private final Slowness slowness = new Slowness(Config.defaults().push(), 0);
    private long nowMillis;

    private Verdict second(boolean blocked, long pending) {
        nowMillis += 1_000;
        return slowness.look(nowMillis, blocked, pending);
    }

    @Test
    void viewer_that_stays_behind_is_stepped_down_to_ten_seconds() {
        List<Integer> steps = new ArrayList<>();
        for (int second = 1; second <= 20; second++) {
            if (second(true, 1_000 + second) == Verdict.STEP_DOWN) {
                steps.add(slowness.stepMillis());
            }
        }

        assertThat(steps).containsExactly(2_000, 5_000, 10_000);
    }

    @Test
    void viewer_that_keeps_up_again_is_stepped_up_and_then_forgotten() {
        while (slowness.stepMillis() < 5_000) {
            second(true, nowMillis);
        }
        List<Verdict> verdicts = new ArrayList<>();
        for (int second = 0; second < 40; second++) {
            Verdict verdict = second(false, 0);
            if (verdict != Verdict.NOTHING) {
                verdicts.add(verdict);
            }
        }

        assertThat(verdicts).startsWith(Verdict.STEP_UP, Verdict.STEP_UP, Verdict.OVER);
    }

    @Test
    void viewer_that_takes_nothing_for_a_minute_is_closed_and_not_before() {
        for (int second = 1; second <= 60; second++) {
            assertThat(second(true, 500)).as("second %d", second).isNotEqualTo(Verdict.CLOSE);
        }

        assertThat(second(true, 500)).isEqualTo(Verdict.CLOSE);
    }

    @Test
    void viewer_that_takes_a_byte_now_and_then_is_not_closed() {
        for (int second = 1; second <= 300; second++) {
            assertThat(second(true, 500 + second / 50)).isNotEqualTo(Verdict.CLOSE);
        }
    }
}
