package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;

/** Load averages and the number of threads. */
final class LoadProbe implements Probe {
    private final Source<LoadFigures> source;
    private final Descriptor oneMinute;
    private final Descriptor fiveMinutes;
    private final Descriptor fifteenMinutes;
    private final Descriptor threads;

    LoadProbe(HostSeries series, Source<LoadFigures> source) {
        this.source = source;
        oneMinute = series.of("load_average", Unit.ONE, "period", "1m");
        fiveMinutes = series.of("load_average", Unit.ONE, "period", "5m");
        fifteenMinutes = series.of("load_average", Unit.ONE, "period", "15m");
        threads = series.of("thread_count", Unit.ONE);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        LoadFigures load = source.read();
        sample.add(oneMinute, load.oneMinute());
        sample.add(fiveMinutes, load.fiveMinutes());
        sample.add(fifteenMinutes, load.fifteenMinutes());
        sample.add(threads, load.threads());
    }
}
