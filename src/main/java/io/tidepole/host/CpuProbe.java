package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU in all, per core and by mode, from one look at the ticks of the cores; the total is their sum.
 *
 * <p>Shares are taken of the ticks that passed, not of the clock. Waiting for a disk is idle time, stolen time is not.
 */
final class CpuProbe implements Probe {
    private final Source<long[][]> ticks;
    private final HostSeries series;
    private final Descriptor usage;
    private final Descriptor[] modeUsage;
    private final List<Descriptor> coreUsage = new ArrayList<>();
    private long[][] last = {};

    /** @param ticks of each core, in the order of {@link CpuTicks} */
    CpuProbe(HostSeries series, Source<long[][]> ticks) {
        this.ticks = ticks;
        this.series = series;
        usage = series.of("cpu_usage", Unit.PERCENT);
        modeUsage = CpuTicks.MODES.stream()
                .map(mode -> series.of("cpu_mode_usage", Unit.PERCENT, "mode", mode))
                .toArray(Descriptor[]::new);
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        long[][] now = ticks.read();
        CpuTicks.requireAlive(now);
        long[][] before = last;
        last = now;
        if (before.length != now.length) {
            return;
        }
        long[] total = new long[CpuTicks.COUNT];
        for (int core = 0; core < now.length; core++) {
            long[] growth = CpuTicks.growth(before[core], now[core]);
            sample.add(coreSeries(core), CpuTicks.busyPercent(growth));
            CpuTicks.addTo(total, growth);
        }
        sample.add(usage, CpuTicks.busyPercent(total));
        double[] shares = CpuTicks.modePercents(total);
        for (int mode = 0; mode < shares.length; mode++) {
            sample.add(modeUsage[mode], shares[mode]);
        }
    }

    private Descriptor coreSeries(int core) {
        while (coreUsage.size() <= core) {
            coreUsage.add(series.of("cpu_core_usage", Unit.PERCENT, "core", Integer.toString(coreUsage.size())));
        }
        return coreUsage.get(core);
    }
}
