package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CpuProbeTest {
    private long[][] ticks = {{100, 10, 50, 800, 20, 5, 10, 5}, {200, 0, 100, 700, 0, 0, 0, 0}};
    private final CpuProbe probe = new CpuProbe(Found.SERIES, () -> ticks);

    @Test
    void cpu_firstLook_saysNothing() {
        assertThat(Found.by(probe, 0)).isEmpty();
    }

    @Test
    void cpu_secondLook_sharesTheTicksThatPassed() {
        Found.by(probe, 0);
        ticks = new long[][] {{130, 20, 60, 830, 30, 6, 14, 10}, {200, 0, 100, 800, 0, 0, 0, 0}};
        assertThat(Found.by(probe, 1))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "cpu_core_usage core=0", 60.0,
                        "cpu_core_usage core=1", 0.0,
                        "cpu_usage", 30.0,
                        "cpu_mode_usage mode=user", 20.0,
                        "cpu_mode_usage mode=system", 5.0,
                        "cpu_mode_usage mode=iowait", 5.0,
                        "cpu_mode_usage mode=irq", 2.5,
                        "cpu_mode_usage mode=steal", 2.5,
                        "cpu_mode_usage mode=idle", 65.0));
    }

    @Test
    void cpu_iowaitGoesDownALittle_isNoReset() {
        Found.by(probe, 0);
        ticks = new long[][] {{150, 10, 50, 850, 18, 5, 10, 5}, {250, 0, 100, 750, 0, 0, 0, 0}};
        assertThat(Found.by(probe, 1))
                .containsEntry("cpu_core_usage core=0", 50.0)
                .containsEntry("cpu_usage", 50.0);
    }

    @Test
    void cpu_oneCoreStartsAgain_isMissingAndTheOthersAreNot() {
        Found.by(probe, 0);
        ticks = new long[][] {{1, 0, 1, 2, 0, 0, 0, 0}, {225, 0, 100, 775, 0, 0, 0, 0}};
        assertThat(Found.by(probe, 1))
                .doesNotContainKey("cpu_core_usage core=0")
                .containsEntry("cpu_core_usage core=1", 25.0)
                .containsEntry("cpu_usage", 25.0);
    }

    @Test
    void cpu_noTickPassed_isMissing() {
        Found.by(probe, 0);
        assertThat(Found.by(probe, 1)).isEmpty();
    }

    @Test
    void cpu_coreAdded_startsAnew() {
        Found.by(probe, 0);
        ticks = new long[][] {ticks[0], ticks[1], ticks[1]};
        assertThat(Found.by(probe, 1)).isEmpty();
    }

    @Test
    void cpu_readerAnswersZeros_fails() {
        ticks = new long[2][8];
        assertThatThrownBy(() -> probe.measure(0, new Sample())).isInstanceOf(IOException.class);
    }
}
