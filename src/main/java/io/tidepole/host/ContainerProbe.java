package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;

/** The limits of the container that we run in, where there are any. */
final class ContainerProbe implements Probe {
    private final Source<ContainerFigures> source;
    private final Descriptor cpuLimit;
    private final Descriptor memoryLimit;
    private final Descriptor memoryUsed;

    ContainerProbe(HostSeries series, Source<ContainerFigures> source) {
        this.source = source;
        cpuLimit = series.of("container_cpu_limit", Unit.ONE);
        memoryLimit = series.of("container_memory_limit", Unit.BYTES);
        memoryUsed = series.of("container_memory_used", Unit.BYTES);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        ContainerFigures container = source.read();
        sample.add(cpuLimit, container.cpuLimit());
        sample.add(memoryLimit, container.memoryLimit());
        sample.add(memoryUsed, container.memoryUsed());
    }
}
