package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The room in each file system. */
final class FileSystemProbe implements Probe {
    private final Source<List<FileSystemUse>> source;
    private final HostSeries series;
    private final Map<String, Mount> mounts = new HashMap<>();

    FileSystemProbe(HostSeries series, Source<List<FileSystemUse>> source) {
        this.source = source;
        this.series = series;
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        for (FileSystemUse use : source.read()) {
            Mount mount = mounts.computeIfAbsent(use.mount(), path -> new Mount(series, path));
            sample.add(mount.usage, use.usagePercent());
            sample.add(mount.size, use.size());
            sample.add(mount.used, use.used());
        }
    }

    private static final class Mount {
        private final Descriptor usage;
        private final Descriptor size;
        private final Descriptor used;

        Mount(HostSeries series, String path) {
            usage = series.of("filesystem_usage", Unit.PERCENT, "mount", path);
            size = series.of("filesystem_size", Unit.BYTES, "mount", path);
            used = series.of("filesystem_used", Unit.BYTES, "mount", path);
        }
    }
}
