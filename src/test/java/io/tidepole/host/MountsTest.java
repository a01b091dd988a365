package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MountsTest {
    @Test
    void mounts_capturedText_localOnesAreRealAndEachDeviceOnce() throws IOException {
        assertThat(Mounts.local(Captured.text("mounts"), point -> true))
                .containsExactly("/", "/boot/efi", "/mnt/big disk", "/home");
    }

    @Test
    void mounts_capturedText_remoteOnesAreApart() throws IOException {
        assertThat(Mounts.remote(Captured.text("mounts"))).containsExactly("/mnt/nas", "/mnt/quay");
    }

    @Test
    void mounts_inAContainer_showTheRootAndVolumesButNoSingleFiles() throws IOException {
        assertThat(Mounts.local(Captured.text("mounts-container"), Set.of("/", "/var/lib/postgresql")::contains))
                .containsExactly("/", "/var/lib/postgresql");
    }

    @Test
    void mounts_goneFolder_isLeftOut() {
        assertThat(Mounts.measure(List.of("/no/such/folder"))).isEmpty();
    }

    @Test
    void fileSystem_partKeptForTheSuperuser_isFullWhenOthersCanWriteNoMore() {
        Probe probe = new FileSystemProbe(Found.SERIES, () -> List.of(new FileSystemUse("/", 1000, 100, 50)));
        assertThat(Found.by(probe, 0))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "filesystem_usage mount=/", 94.737,
                        "filesystem_size mount=/", 1000.0,
                        "filesystem_used mount=/", 900.0));
    }
}
