package io.tidepole.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class WindowClockTest {
    private final AtomicLong wall = new AtomicLong(1_000_000);
    private final AtomicLong nanos = new AtomicLong();
    private final WindowClock clock = new WindowClock(wall::get, nanos::get);

    private void pass(long millis) {
        wall.addAndGet(millis);
        nanos.addAndGet(millis * 1_000_000);
    }

    @Test
    void clock_follows_a_forward_step_at_once() {
        clock.millis();
        wall.addAndGet(3_600_000);

        assertThat(clock.millis()).isEqualTo(4_600_000);
    }

    @Test
    void clock_slows_down_after_a_backward_step_and_never_steps_back() {
        assertThat(clock.millis()).isEqualTo(1_000_000);
        wall.addAndGet(-100);
        pass(10);
        assertThat(clock.millis()).isEqualTo(1_000_009);
        pass(990);
        assertThat(clock.millis()).isEqualTo(1_000_900);
        pass(200);
        assertThat(clock.millis()).isEqualTo(1_001_100);
    }
}
