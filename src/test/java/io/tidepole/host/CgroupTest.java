package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CgroupTest {
    private static final String NO_LIMIT_V1 = "9223372036854771712";

    @TempDir
    private Path root;

    private SysTree tree;

    @BeforeEach
    void open() {
        tree = new SysTree(root);
    }

    @Test
    void version2_limitsOnTheGroup_areShownWithoutDroppableCache() throws IOException {
        tree.file("cgroup.controllers", "cpu memory");
        tree.file("system.slice/tidepole.service/cpu.max", "150000 100000")
                .file("system.slice/tidepole.service/memory.max", "536870912")
                .file("system.slice/tidepole.service/memory.current", "300000000")
                .file("system.slice/tidepole.service/memory.stat", "anon 100\ninactive_file 120000000\nfile 7");
        assertThat(read("cgroup-v2")).isEqualTo(new ContainerFigures(1.5, 536870912, 180000000));
    }

    @Test
    void version2_tighterLimitAbove_counts() throws IOException {
        tree.file("cgroup.controllers", "cpu memory");
        tree.file("system.slice/cpu.max", "50000 100000")
                .file("system.slice/memory.max", "1000")
                .file("system.slice/memory.current", "900");
        tree.file("system.slice/tidepole.service/cpu.max", "max 100000")
                .file("system.slice/tidepole.service/memory.max", "2000")
                .file("system.slice/tidepole.service/memory.current", "10");
        assertThat(read("cgroup-v2")).isEqualTo(new ContainerFigures(0.5, 1000, 900));
    }

    @Test
    void version2_noLimit_showsNothing() throws IOException {
        tree.file("cgroup.controllers", "cpu memory").file("system.slice/tidepole.service/memory.max", "max");
        assertThat(read("cgroup-v2")).isEqualTo(ContainerFigures.NONE);
    }

    @Test
    void version2_pathOutsideTheNamespace_readsTheMount() throws IOException {
        tree.file("cgroup.controllers", "cpu").file("cpu.max", "200000 100000");
        assertThat(Cgroup.find(root, "0::/../../elsewhere\n").read().cpuLimit()).isEqualTo(2);
    }

    @Test
    void version1_hostPathNotMounted_readsTheMount() throws IOException {
        tree.file("cpu,cpuacct/cpu.cfs_quota_us", "25000").file("cpu,cpuacct/cpu.cfs_period_us", "100000");
        tree.file("memory/memory.limit_in_bytes", "268435456")
                .file("memory/memory.usage_in_bytes", "200000000")
                .file("memory/memory.stat", "cache 1\ntotal_inactive_file 50000000");
        assertThat(read("cgroup-v1")).isEqualTo(new ContainerFigures(0.25, 268435456, 150000000));
    }

    @Test
    void version1_noLimit_showsNothing() throws IOException {
        tree.file("cpu,cpuacct/cpu.cfs_quota_us", "-1").file("memory/memory.limit_in_bytes", NO_LIMIT_V1);
        assertThat(read("cgroup-v1")).isEqualTo(ContainerFigures.NONE);
    }

    @Test
    void noGroupsMounted_showsNothing() throws IOException {
        assertThat(Cgroup.find(root, "").read()).isEqualTo(ContainerFigures.NONE);
    }

    @Test
    void containerProbe_noLimits_addsNothing() {
        assertThat(Found.by(new ContainerProbe(Found.SERIES, () -> ContainerFigures.NONE), 0))
                .isEmpty();
    }

    private ContainerFigures read(String selfCgroup) throws IOException {
        return Cgroup.find(root, Captured.text(selfCgroup)).read();
    }
}
