package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.host.HostInfo.NetworkLink;
import io.tidepole.host.InterfaceCounters.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LinuxDevicesTest {
    @TempDir
    private Path sys;

    private SysTree tree;
    private LinuxDevices devices;

    @BeforeEach
    void open() {
        tree = new SysTree(sys);
        devices = new LinuxDevices(sys);
    }

    @Test
    void diskstats_capturedText_onlyWholeDisksRemain() throws IOException {
        tree.folder("block/loop0").folder("block/dm-0").folder("block/md0").folder("block/ram0");
        tree.folder("block/nvme0n1/device").folder("block/sda/device").folder("block/sr0/device");
        assertThat(DiskCounters.parse(Captured.text("diskstats"), devices::isWholeDisk))
                .extracting(DiskCounters::name)
                .containsExactly("nvme0n1", "sda");
    }

    @Test
    void disk_hiddenPathOfAnother_isNotWhole() {
        tree.folder("block/nvme0c0n1/device").file("block/nvme0c0n1/hidden", "1");
        assertThat(devices.isWholeDisk("nvme0c0n1")).isFalse();
    }

    @Test
    void disk_slashInItsName_isFound() {
        tree.folder("block/cciss!c0d0/device");
        assertThat(devices.isWholeDisk("cciss/c0d0")).isTrue();
    }

    @Test
    void interface_ofEachKind_isToldApart() {
        tree.folder("class/net/eth0/device").folder("class/net/docker0/bridge");
        tree.folder("class/net/bond0/bonding").folder("class/net/eth0.5/lower_eth0");
        tree.file("class/net/tap0/tun_flags", "0x1002").folder("class/net/eth9");
        assertThat(devices.kindOfInterface("lo")).isEqualTo(Kind.HIDDEN);
        assertThat(devices.kindOfInterface("veth12")).isEqualTo(Kind.HIDDEN);
        assertThat(devices.kindOfInterface("eth0")).isEqualTo(Kind.HARDWARE);
        assertThat(devices.kindOfInterface("docker0")).isEqualTo(Kind.STACKED);
        assertThat(devices.kindOfInterface("bond0")).isEqualTo(Kind.STACKED);
        assertThat(devices.kindOfInterface("eth0.5")).isEqualTo(Kind.STACKED);
        assertThat(devices.kindOfInterface("tap0")).isEqualTo(Kind.STACKED);
        assertThat(devices.kindOfInterface("eth9")).isEqualTo(Kind.VIRTUAL);
    }

    @Test
    void mainInterface_capturedRoutes_isTheDefaultOneWithItsSpeed() throws IOException {
        tree.file("class/net/eth0/speed", "1000");
        assertThat(devices.mainInterface(Captured.text("route"), ""))
                .isEqualTo(Optional.of(new NetworkLink("eth0", OptionalLong.of(1_000_000_000))));
    }

    @Test
    void mainInterface_speedNotTold_isAbsent() throws IOException {
        tree.file("class/net/eth0/speed", "-1");
        assertThat(devices.mainInterface(Captured.text("route"), ""))
                .isEqualTo(Optional.of(new NetworkLink("eth0", OptionalLong.empty())));
    }

    @Test
    void mainInterface_version6Alone_isTheDefaultOneButNotLoopback() throws IOException {
        assertThat(devices.mainInterface("", Captured.text("ipv6_route")))
                .isEqualTo(Optional.of(new NetworkLink("enp3s0", OptionalLong.empty())));
    }

    @Test
    void mainInterface_noDefaultRoute_isAbsent() throws IOException {
        assertThat(devices.mainInterface("Iface\tDestination\nlo\t0000007F\n", ""))
                .isEmpty();
    }
}
