package io.tidepole.host;

import com.sun.management.OperatingSystemMXBean;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/** This process: heap, threads, garbage collection, CPU. */
final class JvmProbe implements Probe {
    private static final double NANOS_PER_PERCENT = 1e7;

    private final OperatingSystemMXBean process = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private final ThreadMXBean threadBean = ManagementFactory.getThreadMXBean();
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
    private final Rate collecting = Rate.of64Bits();
    private final Rate cpu = Rate.of64Bits();
    private final Descriptor heapUsed;
    private final Descriptor heapLimit;
    private final Descriptor threads;
    private final Descriptor collectorTime;
    private final Descriptor cpuUsage;

    JvmProbe(HostSeries series) {
        heapUsed = series.of("jvm_heap_used", Unit.BYTES);
        heapLimit = series.of("jvm_heap_limit", Unit.BYTES);
        threads = series.of("jvm_threads", Unit.ONE);
        collectorTime = series.of("jvm_gc_time", Unit.MILLISECONDS_PER_SECOND);
        cpuUsage = series.of("jvm_cpu_usage", Unit.PERCENT);
    }

    @Override
    public void measure(long nanos, Sample sample) {
        Runtime runtime = Runtime.getRuntime();
        sample.add(heapUsed, (double) (runtime.totalMemory() - runtime.freeMemory()));
        sample.add(heapLimit, (double) runtime.maxMemory());
        sample.add(threads, threadBean.getThreadCount());
        sample.add(collectorTime, collecting.perSecond(collectedMillis(), nanos));
        sample.add(cpuUsage, cpu.perSecond(process.getProcessCpuTime(), nanos) / NANOS_PER_PERCENT);
    }

    private long collectedMillis() {
        long millis = 0;
        for (GarbageCollectorMXBean collector : collectors) {
            millis += Math.max(0, collector.getCollectionTime());
        }
        return millis;
    }
}
