package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes, operations, busy time and wait of each whole disk, and of all together: sums, the busiest, and the mean wait of
 * an operation. With no operation nobody waited: 0.
 */
final class DiskProbe implements Probe {
    private final Source<List<DiskCounters>> source;
    private final HostSeries series;
    private final Map<String, Disk> disks = new HashMap<>();
    private final Descriptor read;
    private final Descriptor written;
    private final Descriptor busy;
    private final Descriptor wait;

    DiskProbe(HostSeries series, Source<List<DiskCounters>> source) {
        this.source = source;
        this.series = series;
        read = series.of("disk_read", Unit.BYTES_PER_SECOND);
        written = series.of("disk_written", Unit.BYTES_PER_SECOND);
        busy = series.of("disk_busy", Unit.PERCENT);
        wait = series.of("disk_wait", Unit.MILLISECONDS);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        List<DiskCounters> now = source.read();
        Totals totals = new Totals();
        for (DiskCounters counters : now) {
            disks.computeIfAbsent(counters.name(), name -> new Disk(series, name))
                    .measure(counters, nanos, sample, totals);
        }
        disks.values().removeIf(disk -> disk.seenNanos != nanos);
        sample.add(read, totals.read.sum());
        sample.add(written, totals.written.sum());
        sample.add(busy, totals.busy.max());
        sample.add(wait, meanWait(totals.wait.sum(), totals.operations.sum()));
    }

    private static double meanWait(double millisPerSecond, double operationsPerSecond) {
        return operationsPerSecond == 0 ? 0 : millisPerSecond / operationsPerSecond;
    }

    private static final class Totals {
        private final Total read = new Total();
        private final Total written = new Total();
        private final Total operations = new Total();
        private final Total wait = new Total();
        private final Total busy = new Total();
    }

    /** One disk: its series, and its counters at the last look. */
    private static final class Disk {
        private final Rate readBytes = Rate.of64Bits();
        private final Rate writtenBytes = Rate.of64Bits();
        private final Rate reads = Rate.of64Bits();
        private final Rate writes = Rate.of64Bits();
        private final Rate waitMillis = Rate.of32Bits();
        private final Rate busyMillis = Rate.of32Bits();
        private final Descriptor readSeries;
        private final Descriptor writtenSeries;
        private final Descriptor readsSeries;
        private final Descriptor writesSeries;
        private final Descriptor busySeries;
        private final Descriptor waitSeries;
        private long seenNanos;

        Disk(HostSeries series, String name) {
            readSeries = series.of("disk_device_read", Unit.BYTES_PER_SECOND, "disk", name);
            writtenSeries = series.of("disk_device_written", Unit.BYTES_PER_SECOND, "disk", name);
            readsSeries = series.of("disk_device_reads", Unit.PER_SECOND, "disk", name);
            writesSeries = series.of("disk_device_writes", Unit.PER_SECOND, "disk", name);
            busySeries = series.of("disk_device_busy", Unit.PERCENT, "disk", name);
            waitSeries = series.of("disk_device_wait", Unit.MILLISECONDS, "disk", name);
        }

        void measure(DiskCounters now, long nanos, Sample sample, Totals totals) {
            seenNanos = nanos;
            double read = readBytes.perSecond(now.readBytes(), nanos);
            double written = writtenBytes.perSecond(now.writtenBytes(), nanos);
            double readsNow = reads.perSecond(now.reads(), nanos);
            double writesNow = writes.perSecond(now.writes(), nanos);
            double waitNow = waitMillis.perSecond(now.waitMillis(), nanos);
            // The kernel adds busy time in steps, so that an interval may get a little of the one before.
            double busy = Math.min(100, busyMillis.perSecond(now.busyMillis(), nanos) / 10);
            sample.add(readSeries, read);
            sample.add(writtenSeries, written);
            sample.add(readsSeries, readsNow);
            sample.add(writesSeries, writesNow);
            sample.add(busySeries, busy);
            sample.add(waitSeries, meanWait(waitNow, readsNow + writesNow));
            totals.read.add(read);
            totals.written.add(written);
            totals.operations.add(readsNow + writesNow);
            totals.wait.add(waitNow);
            totals.busy.add(busy);
        }
    }
}
