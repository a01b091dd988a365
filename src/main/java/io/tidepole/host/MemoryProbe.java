package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;

/** Memory and swap. */
final class MemoryProbe implements Probe {
    private final Source<MemoryFigures> source;
    private final Descriptor usage;
    private final Descriptor total;
    private final Descriptor used;
    private final Descriptor cached;
    private final Descriptor buffers;
    private final Descriptor available;
    private final Descriptor swapUsage;
    private final Descriptor swapTotal;
    private final Descriptor swapUsed;

    MemoryProbe(HostSeries series, Source<MemoryFigures> source) {
        this.source = source;
        usage = series.of("memory_usage", Unit.PERCENT);
        total = series.of("memory_total", Unit.BYTES);
        used = series.of("memory_used", Unit.BYTES);
        cached = series.of("memory_cached", Unit.BYTES);
        buffers = series.of("memory_buffers", Unit.BYTES);
        available = series.of("memory_available", Unit.BYTES);
        swapUsage = series.of("swap_usage", Unit.PERCENT);
        swapTotal = series.of("swap_total", Unit.BYTES);
        swapUsed = series.of("swap_used", Unit.BYTES);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        MemoryFigures memory = source.read();
        sample.add(usage, memory.usagePercent());
        sample.add(total, memory.total());
        sample.add(used, memory.used());
        sample.add(cached, memory.cached());
        sample.add(buffers, memory.buffers());
        sample.add(available, memory.available());
        sample.add(swapUsage, memory.swapUsagePercent());
        sample.add(swapTotal, memory.swapTotal());
        sample.add(swapUsed, memory.swapUsed());
    }
}
