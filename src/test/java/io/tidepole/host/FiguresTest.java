package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    private static final double KIB = 1024;

    @Test
    void memory_capturedText_givesExactBytes() {
        Probe probe = new MemoryProbe(Found.SERIES, () -> MemoryFigures.parse(Captured.text("meminfo")));
        assertThat(Found.by(probe, 0))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "memory_usage", 39.476,
                        "memory_total", 16318480 * KIB,
                        "memory_used", (16318480 - 9876544) * KIB,
                        "memory_cached", (7654320 + 834560 - 612352) * KIB,
                        "memory_buffers", 402132 * KIB,
                        "memory_available", 9876544 * KIB,
                        "swap_usage", 25.0,
                        "swap_total", 2097148 * KIB,
                        "swap_used", (2097148 - 1572860) * KIB));
    }

    @Test
    void memory_oldKernel_estimatesWhatIsAvailable() throws IOException {
        MemoryFigures memory = MemoryFigures.parse(Captured.text("meminfo-3.10"));
        assertThat(memory.available()).isEqualTo((1000000 + 200000 + 3000000 + 300000 - 100000) * KIB);
    }

    @Test
    void swap_noneThere_hasNoUsageButIsZeroBytes() throws IOException {
        MemoryFigures memory = MemoryFigures.parse(Captured.text("meminfo-3.10"));
        assertThat(memory.swapUsagePercent()).isNaN();
        assertThat(memory.swapTotal()).isZero();
    }

    @Test
    void memory_foreignText_fails() {
        assertThatThrownBy(() -> MemoryFigures.parse("nothing here")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void memory_cacheNotKnown_isMissing() {
        Probe probe = new MemoryProbe(Found.SERIES, () -> new MemoryFigures(1000, 400, Double.NaN, Double.NaN, 0, 0));
        assertThat(Found.by(probe, 0))
                .containsEntry("memory_usage", 60.0)
                .doesNotContainKeys("memory_cached", "memory_buffers", "swap_usage");
    }

    @Test
    void load_capturedText_givesAveragesAndThreads() {
        Probe probe = new LoadProbe(Found.SERIES, () -> LoadFigures.parse(Captured.text("loadavg")));
        assertThat(Found.by(probe, 0))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "load_average period=1m", 2.85,
                        "load_average period=5m", 1.67,
                        "load_average period=15m", 0.86,
                        "thread_count", 1482.0));
    }

    @Test
    void load_notKnownToTheSystem_isMissing() {
        Probe probe = new LoadProbe(Found.SERIES, () -> LoadFigures.of(new double[] {-1, -1, -1}, 12));
        assertThat(Found.by(probe, 0)).containsOnlyKeys("thread_count");
    }

    @Test
    void load_brokenText_fails() {
        assertThatThrownBy(() -> LoadFigures.parse("0.1 0.2")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> LoadFigures.parse("a b c d")).isInstanceOf(IOException.class);
    }
}
