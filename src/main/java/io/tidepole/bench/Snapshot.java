package io.tidepole.bench;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All counters at one moment. */
record Snapshot(
        Tally tally,
        ServerProcess.Cpu serverCpu,
        long serverResidentBytes,
        Map<String, Long> serverThreads,
        long ownCpuNanos,
        Cores.Reading ownCores) {

    static Snapshot take(Fleet fleet, @Nullable ServerProcess server, ServerProcess self, Cores ownCores) {
        Tally tally = fleet.tally();
        return new Snapshot(
                tally,
                server == null ? ServerProcess.Cpu.NONE : server.cpu(),
                server == null ? 0 : server.residentBytes(),
                server == null ? Map.of() : server.threadCpuNanos(),
                self.cpu().nanos(),
                ownCores.read());
    }

    double secondsSince(Snapshot earlier) {
        return Math.max(1e-9, (tally.takenNanos - earlier.tally.takenNanos) / 1e9);
    }

    long deliveriesSince(Snapshot earlier) {
        return tally.deliveries - earlier.tally.deliveries;
    }

    long bytesSince(Snapshot earlier) {
        return tally.bytes - earlier.tally.bytes;
    }

    /** In cores: 1 is one core all the time. */
    double serverCoresSince(Snapshot earlier) {
        return (serverCpu.nanos() - earlier.serverCpu.nanos()) / 1e9 / secondsSince(earlier);
    }

    /** In cores: 1 is one core all the time. */
    double ownCpuSince(Snapshot earlier) {
        return (ownCpuNanos - earlier.ownCpuNanos) / 1e9 / secondsSince(earlier);
    }
}
