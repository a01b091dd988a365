package io.tidepole.host;

import io.tidepole.host.InterfaceCounters.Kind;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes, packets, errors and drops of each interface, and of the machine.
 *
 * <p>The machine's figures are the sum over the interfaces with hardware behind them, as what passes a bridge, a bond or
 * a tunnel passes one of these too. Where there is no hardware (in a container), it is the sum over the virtual ones
 * that are not built on others.
 */
final class NetworkProbe implements Probe {
    private final Source<List<InterfaceCounters>> source;
    private final HostSeries series;
    private final Map<String, Interface> interfaces = new HashMap<>();
    private final Descriptor received;
    private final Descriptor sent;
    private final Descriptor errors;
    private final Descriptor drops;

    NetworkProbe(HostSeries series, Source<List<InterfaceCounters>> source) {
        this.source = source;
        this.series = series;
        received = series.of("network_received", Unit.BYTES_PER_SECOND);
        sent = series.of("network_sent", Unit.BYTES_PER_SECOND);
        errors = series.of("network_errors", Unit.PER_SECOND);
        drops = series.of("network_drops", Unit.PER_SECOND);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        List<InterfaceCounters> now = source.read();
        Kind counted = now.stream().anyMatch(each -> each.kind() == Kind.HARDWARE) ? Kind.HARDWARE : Kind.VIRTUAL;
        Totals totals = new Totals();
        for (InterfaceCounters counters : now) {
            interfaces
                    .computeIfAbsent(counters.name(), name -> new Interface(series, name))
                    .measure(counters, nanos, sample, counters.kind() == counted ? totals : new Totals());
        }
        interfaces.values().removeIf(each -> each.seenNanos != nanos);
        sample.add(received, totals.received.sum());
        sample.add(sent, totals.sent.sum());
        sample.add(errors, totals.errors.sum());
        sample.add(drops, totals.drops.sum());
    }

    private static final class Totals {
        private final Total received = new Total();
        private final Total sent = new Total();
        private final Total errors = new Total();
        private final Total drops = new Total();
    }

    /** One interface: its series, and its counters at the last look. */
    private static final class Interface {
        private final Rate receivedBytes = Rate.of64Bits();
        private final Rate sentBytes = Rate.of64Bits();
        private final Rate receivedPackets = Rate.of64Bits();
        private final Rate sentPackets = Rate.of64Bits();
        private final Rate errors = Rate.of64Bits();
        private final Rate drops = Rate.of64Bits();
        private final Descriptor receivedSeries;
        private final Descriptor sentSeries;
        private final Descriptor receivedPacketsSeries;
        private final Descriptor sentPacketsSeries;
        private final Descriptor errorsSeries;
        private final Descriptor dropsSeries;
        private long seenNanos;

        Interface(HostSeries series, String name) {
            receivedSeries = series.of("network_interface_received", Unit.BYTES_PER_SECOND, "interface", name);
            sentSeries = series.of("network_interface_sent", Unit.BYTES_PER_SECOND, "interface", name);
            receivedPacketsSeries = series.of("network_interface_packets_received", Unit.PER_SECOND, "interface", name);
            sentPacketsSeries = series.of("network_interface_packets_sent", Unit.PER_SECOND, "interface", name);
            errorsSeries = series.of("network_interface_errors", Unit.PER_SECOND, "interface", name);
            dropsSeries = series.of("network_interface_drops", Unit.PER_SECOND, "interface", name);
        }

        void measure(InterfaceCounters now, long nanos, Sample sample, Totals totals) {
            seenNanos = nanos;
            double receivedNow = receivedBytes.perSecond(now.receivedBytes(), nanos);
            double sentNow = sentBytes.perSecond(now.sentBytes(), nanos);
            double receivedPacketsNow = receivedPackets.perSecond(now.receivedPackets(), nanos);
            double sentPacketsNow = sentPackets.perSecond(now.sentPackets(), nanos);
            double errorsNow = errors.perSecond(now.errors(), nanos);
            double dropsNow = drops.perSecond(now.drops(), nanos);
            totals.received.add(receivedNow);
            totals.sent.add(sentNow);
            totals.errors.add(errorsNow);
            totals.drops.add(dropsNow);
            if (now.wasUsed()) {
                sample.add(receivedSeries, receivedNow);
                sample.add(sentSeries, sentNow);
                sample.add(receivedPacketsSeries, receivedPacketsNow);
                sample.add(sentPacketsSeries, sentPacketsNow);
                sample.add(errorsSeries, errorsNow);
                sample.add(dropsSeries, dropsNow);
            }
        }
    }
}
