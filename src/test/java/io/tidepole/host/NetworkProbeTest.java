package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.host.InterfaceCounters.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NetworkProbeTest {
    private static final long SECOND = 1_000_000_000L;

    private List<InterfaceCounters> interfaces = List.of();
    private final NetworkProbe probe = new NetworkProbe(Found.SERIES, () -> interfaces);

    @Test
    void netDev_capturedText_givesTheCountersOfThoseShown() throws IOException {
        List<InterfaceCounters> parsed = InterfaceCounters.parse(Captured.text("net-dev"), name -> switch (name) {
            case "lo", "veth3a1b2c" -> Kind.HIDDEN;
            case "eth0" -> Kind.HARDWARE;
            case "docker0" -> Kind.STACKED;
            default -> Kind.VIRTUAL;
        });
        assertThat(parsed)
                .containsExactly(
                        new InterfaceCounters("eth0", Kind.HARDWARE, 230588189, 40460702, 205765, 103879, 3, 10),
                        new InterfaceCounters("docker0", Kind.STACKED, 512000, 9216000, 4000, 7000, 0, 5),
                        new InterfaceCounters("wg0", Kind.VIRTUAL, 88000, 91000, 640, 655, 4, 0),
                        new InterfaceCounters("ifb0", Kind.VIRTUAL, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void network_withHardware_totalsAreOfTheHardwareAlone() {
        interfaces = List.of(
                new InterfaceCounters("eth0", Kind.HARDWARE, 1000, 2000, 10, 20, 0, 1),
                link("docker0", Kind.STACKED, 500),
                link("wg0", Kind.VIRTUAL, 500));
        Found.by(probe, 0);
        interfaces = List.of(
                new InterfaceCounters("eth0", Kind.HARDWARE, 3000, 2500, 14, 22, 2, 4),
                link("docker0", Kind.STACKED, 1500),
                link("wg0", Kind.VIRTUAL, 700));
        assertThat(Found.by(probe, 2 * SECOND))
                .containsAllEntriesOf(Map.of(
                        "network_received", 1000.0,
                        "network_sent", 250.0,
                        "network_errors", 1.0,
                        "network_drops", 1.5,
                        "network_interface_received interface=docker0", 500.0,
                        "network_interface_received interface=wg0", 100.0))
                .containsAllEntriesOf(Map.of(
                        "network_interface_packets_received interface=eth0", 2.0,
                        "network_interface_packets_sent interface=eth0", 1.0,
                        "network_interface_errors interface=eth0", 1.0,
                        "network_interface_drops interface=eth0", 1.5));
    }

    @Test
    void network_inAContainer_totalsAreOfTheVirtualOnes() {
        interfaces =
                List.of(link("eth0", Kind.VIRTUAL, 0), link("eth1", Kind.VIRTUAL, 0), link("tun0", Kind.STACKED, 0));
        Found.by(probe, 0);
        interfaces = List.of(
                link("eth0", Kind.VIRTUAL, 100), link("eth1", Kind.VIRTUAL, 50), link("tun0", Kind.STACKED, 90));
        assertThat(Found.by(probe, SECOND)).containsEntry("network_received", 150.0);
    }

    @Test
    void network_neverUsedInterface_isNotShown() {
        interfaces = List.of(link("eth0", Kind.HARDWARE, 0));
        Found.by(probe, 0);
        assertThat(Found.by(probe, SECOND))
                .containsEntry("network_received", 0.0)
                .doesNotContainKey("network_interface_received interface=eth0");
    }

    @Test
    void network_driverStartsAgain_isMissingOnce() {
        interfaces = List.of(link("eth0", Kind.HARDWARE, 5_000_000_000L));
        Found.by(probe, 0);
        interfaces = List.of(link("eth0", Kind.HARDWARE, 700));
        assertThat(Found.by(probe, SECOND))
                .doesNotContainKeys("network_received", "network_interface_received interface=eth0");
        interfaces = List.of(link("eth0", Kind.HARDWARE, 900));
        assertThat(Found.by(probe, 2 * SECOND)).containsEntry("network_received", 200.0);
    }

    private static InterfaceCounters link(String name, Kind kind, long receivedBytes) {
        return new InterfaceCounters(name, kind, receivedBytes, 0, 0, 0, 0, 0);
    }
}
