package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ProcessProbeTest {
    private static final long SECOND = 1_000_000_000L;

    private List<ProcessCounters> processes = List.of();
    private final List<Integer> asked = new ArrayList<>();
    private final ProcessProbe probe =
            new ProcessProbe(Found.SERIES, () -> processes, this::userOf, () -> 1_760_000_000_123_456L);

    @Test
    void stat_bracketsAndBlanksInTheName_givesTheCounters() throws IOException {
        assertThat(ProcessCounters.parse(Captured.text("pid-stat"), 4096))
                .isEqualTo(new ProcessCounters(4242, 98765, "tmux: server (1)", 10_000, 2210 * 4096));
    }

    @Test
    void stat_brokenText_fails() {
        assertThatThrownBy(() -> ProcessCounters.parse("12 (sh", 4096)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ProcessCounters.parse("12 (sh) S 1 2", 4096)).isInstanceOf(IOException.class);
    }

    @Test
    void processes_firstLook_areCountedButNotShown() {
        processes = List.of(process(1, 500, 10));
        assertThat(Found.by(probe, SECOND)).containsEntry("process_count", 1.0);
        assertThat(probe.snapshot()).isEqualTo(ProcessSnapshot.NONE);
    }

    @Test
    void processes_secondLook_useCpuOverTheTimeThatReallyPassed() {
        processes = List.of(process(1, 500, 10), process(2, 0, 20));
        Found.by(probe, SECOND);
        processes = List.of(process(1, 5500, 10), process(2, 1000, 20));
        Found.by(probe, 5 * SECOND);
        assertThat(probe.snapshot())
                .isEqualTo(new ProcessSnapshot(
                        1_760_000_000_123L,
                        2,
                        List.of(new ProcessEntry(1, "p1", "u1", 125, 10), new ProcessEntry(2, "p2", "u2", 25, 20))));
    }

    @Test
    void process_newOne_usedAllSinceTheLastLook() {
        processes = List.of(process(1, 0, 0));
        Found.by(probe, 0);
        processes = List.of(process(1, 0, 0), process(2, 300, 0));
        Found.by(probe, SECOND);
        assertThat(probe.snapshot().processes().get(0).cpuPercent()).isEqualTo(30);
    }

    @Test
    void process_pidUsedAgain_isAnotherProcess() {
        processes = List.of(process(7, 90_000, 0));
        Found.by(probe, 0);
        processes = List.of(new ProcessCounters(7, 2, "other", 100, 0));
        Found.by(probe, SECOND);
        assertThat(probe.snapshot().processes()).containsExactly(new ProcessEntry(7, "other", "u7", 10, 0));
    }

    @Test
    void processes_manyOfThem_showTheTopByCpuAndTheTopByMemoryOnce() {
        processes = IntStream.rangeClosed(1, 100)
                .mapToObj(pid -> process(pid, 0, pid))
                .toList();
        Found.by(probe, 0);
        processes = IntStream.rangeClosed(1, 100)
                .mapToObj(pid -> process(pid, pid <= 20 || pid == 100 ? 1000 - pid : 0, pid))
                .toList();
        Found.by(probe, SECOND);
        List<Integer> shown =
                probe.snapshot().processes().stream().map(ProcessEntry::pid).toList();
        assertThat(shown.subList(0, 15))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 15).boxed().toList());
        assertThat(shown.subList(15, 30)).containsExactly(100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 87, 86);
        assertThat(probe.snapshot().count()).isEqualTo(100);
    }

    @Test
    void user_shownAgain_isAskedForOnce() {
        processes = List.of(process(1, 0, 0));
        for (int second = 0; second < 4; second++) {
            Found.by(probe, second * SECOND);
        }
        assertThat(asked).containsExactly(1);
    }

    private String userOf(int pid) {
        asked.add(pid);
        return "u" + pid;
    }

    private static ProcessCounters process(int pid, long cpuMillis, long memoryBytes) {
        return new ProcessCounters(pid, 1, "p" + pid, cpuMillis, memoryBytes);
    }
}
