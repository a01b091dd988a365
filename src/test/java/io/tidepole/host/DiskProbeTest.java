package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DiskProbeTest {
    private static final long SECOND = 1_000_000_000L;

    private List<DiskCounters> disks = List.of();
    private final DiskProbe probe = new DiskProbe(Found.SERIES, () -> disks);

    @Test
    void diskstats_capturedText_givesTheCountersOfWantedDisks() throws IOException {
        assertThat(DiskCounters.parse(Captured.text("diskstats"), Set.of("nvme0n1", "sda")::contains))
                .containsExactly(
                        new DiskCounters(
                                "nvme0n1", 91403, 4215036L * 512, 184211, 9417602L * 512, 21030 + 301544, 84236),
                        new DiskCounters("sda", 1200, 80000L * 512, 400, 16000L * 512, 9000 + 6000, 7000));
    }

    @Test
    void diskstats_timesBeyond32Bits_wrapAsOne() throws IOException {
        String text = "8 0 sda 1 0 1 4294967290 1 0 1 10 0 5 0";
        assertThat(DiskCounters.parse(text, name -> true).get(0).waitMillis()).isEqualTo(4);
    }

    @Test
    void diskstats_shortLine_fails() {
        assertThatThrownBy(() -> DiskCounters.parse("8 0 sda 1 2", name -> true))
                .isInstanceOf(IOException.class);
    }

    @Test
    void disks_firstLook_sayNothing() {
        disks = List.of(disk("sda", 100, 5));
        assertThat(Found.by(probe, 0)).isEmpty();
    }

    @Test
    void disks_secondLook_giveRatesAndTotals() {
        disks = List.of(
                new DiskCounters("sda", 10, 1000, 20, 2000, 300, 100), new DiskCounters("sdb", 0, 0, 0, 0, 0, 0));
        Found.by(probe, 0);
        disks = List.of(
                new DiskCounters("sda", 14, 5000, 36, 18000, 500, 1100),
                new DiskCounters("sdb", 0, 0, 20, 2000, 100, 500));
        assertThat(Found.by(probe, 2 * SECOND))
                .containsAllEntriesOf(Map.of(
                        "disk_device_read disk=sda", 2000.0,
                        "disk_device_written disk=sda", 8000.0,
                        "disk_device_reads disk=sda", 2.0,
                        "disk_device_writes disk=sda", 8.0,
                        "disk_device_busy disk=sda", 50.0,
                        "disk_device_wait disk=sda", 10.0,
                        "disk_device_wait disk=sdb", 5.0))
                .containsAllEntriesOf(
                        Map.of("disk_read", 2000.0, "disk_written", 9000.0, "disk_busy", 50.0, "disk_wait", 7.5));
    }

    @Test
    void disk_noOperations_waitsNothing() {
        disks = List.of(disk("sda", 100, 5));
        Found.by(probe, 0);
        assertThat(Found.by(probe, SECOND))
                .containsEntry("disk_device_wait disk=sda", 0.0)
                .containsEntry("disk_wait", 0.0);
    }

    @Test
    void disk_waitNotKnown_isMissing() {
        disks = List.of(new DiskCounters("disk0", 1, 1, 1, 1, -1, 10));
        Found.by(probe, 0);
        disks = List.of(new DiskCounters("disk0", 2, 1, 1, 1, -1, 20));
        assertThat(Found.by(probe, SECOND))
                .containsEntry("disk_busy", 1.0)
                .doesNotContainKeys("disk_device_wait disk=disk0", "disk_wait");
    }

    @Test
    void disk_newOne_joinsTheTotalsWithItsFirstRate() {
        disks = List.of(disk("sda", 1000, 0));
        Found.by(probe, 0);
        disks = List.of(disk("sda", 1500, 0), disk("sdb", 70_000, 0));
        assertThat(Found.by(probe, SECOND))
                .containsEntry("disk_read", 500.0)
                .doesNotContainKey("disk_device_read disk=sdb");
    }

    @Test
    void disk_pluggedAgain_startsAnew() {
        disks = List.of(disk("sda", 1000, 0));
        Found.by(probe, 0);
        disks = List.of();
        Found.by(probe, SECOND);
        disks = List.of(disk("sda", 90_000, 0));
        assertThat(Found.by(probe, 2 * SECOND)).isEmpty();
    }

    @Test
    void disk_busyCounterPassesItsEnd_goesOn() {
        disks = List.of(disk("sda", 0, (1L << 32) - 100));
        Found.by(probe, 0);
        disks = List.of(disk("sda", 0, 150));
        assertThat(Found.by(probe, SECOND)).containsEntry("disk_device_busy disk=sda", 25.0);
    }

    @Test
    void disk_busyBeyondTheInterval_isAtMostAll() {
        disks = List.of(disk("sda", 0, 0));
        Found.by(probe, 0);
        disks = List.of(disk("sda", 0, 1008));
        assertThat(Found.by(probe, SECOND)).containsEntry("disk_busy", 100.0);
    }

    private static DiskCounters disk(String name, long readBytes, long busyMillis) {
        return new DiskCounters(name, 0, readBytes, 0, 0, 0, busyMillis);
    }
}
