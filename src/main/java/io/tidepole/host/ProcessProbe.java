package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/** The number of processes, and a snapshot of those that use most. */
final class ProcessProbe implements Probe {
    private static final int TOP = 15;
    private static final double NANOS_PER_MILLI = 1e6;

    private final Source<List<ProcessCounters>> source;
    private final IntFunction<String> userOf;
    private final LongSupplier clockMicros;
    private final Descriptor count;
    private Map<Integer, Known> known = Map.of();
    private long lastNanos;
    private volatile ProcessSnapshot snapshot = ProcessSnapshot.NONE;

    /**
     * @param userOf the name of the user of a pid, or an empty string; asked for those that are shown alone
     * @param clockMicros the wall clock, microseconds since the epoch
     */
    ProcessProbe(
            HostSeries series,
            Source<List<ProcessCounters>> source,
            IntFunction<String> userOf,
            LongSupplier clockMicros) {
        this.source = source;
        this.userOf = userOf;
        this.clockMicros = clockMicros;
        count = series.of("process_count", Unit.ONE);
    }

    /** The newest snapshot; there is none before the second look, as CPU use needs two. Safe to call from any thread. */
    ProcessSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public void measure(long nanos, Sample sample) throws IOException {
        List<ProcessCounters> now = source.read();
        sample.add(count, now.size());
        Map<Integer, Known> before = known;
        double elapsedMillis = (nanos - lastNanos) / NANOS_PER_MILLI;
        known = look(now, before, elapsedMillis);
        lastNanos = nanos;
        if (!before.isEmpty() && elapsedMillis > 0) {
            snapshot = new ProcessSnapshot(clockMicros.getAsLong() / 1000, now.size(), entries(top(known)));
        }
    }

    private static Map<Integer, Known> look(
            List<ProcessCounters> now, Map<Integer, Known> before, double elapsedMillis) {
        Map<Integer, Known> next = new HashMap<>(now.size() * 2);
        for (ProcessCounters counters : now) {
            Optional<Known> last = Optional.ofNullable(before.get(counters.pid()))
                    .filter(process -> process.counters.started() == counters.started());
            // One that is new began since the last look: all that it used, it used since then.
            long usedBefore = last.map(process -> process.counters.cpuMillis()).orElse(0L);
            Known current = new Known(counters, 100 * Math.max(0, counters.cpuMillis() - usedBefore) / elapsedMillis);
            last.ifPresent(process -> current.user = process.user);
            next.put(counters.pid(), current);
        }
        return next;
    }

    /** The top by CPU, then those of the top by memory that are not among them. */
    private static Set<Known> top(Map<Integer, Known> processes) {
        Comparator<Known> byMemory = Comparator.comparingLong((Known process) -> process.counters.memoryBytes())
                .reversed();
        Comparator<Known> byCpu = Comparator.comparingDouble((Known process) -> process.cpuPercent)
                .reversed()
                .thenComparing(byMemory);
        List<Known> all = new ArrayList<>(processes.values());
        all.sort(byCpu);
        Set<Known> top = new LinkedHashSet<>(all.subList(0, Math.min(TOP, all.size())));
        all.sort(byMemory);
        all.stream().limit(TOP).sorted(byCpu).forEach(top::add);
        return top;
    }

    private List<ProcessEntry> entries(Set<Known> processes) {
        List<ProcessEntry> entries = new ArrayList<>(processes.size());
        for (Known process : processes) {
            ProcessCounters counters = process.counters;
            if (process.user.isEmpty()) {
                process.user = userOf.apply(counters.pid());
            }
            entries.add(new ProcessEntry(
                    counters.pid(), counters.command(), process.user, process.cpuPercent, counters.memoryBytes()));
        }
        return entries;
    }

    /** A process at the last look. */
    private static final class Known {
        private final ProcessCounters counters;
        private final double cpuPercent;
        private String user = "";

        Known(ProcessCounters counters, double cpuPercent) {
            this.counters = counters;
            this.cpuPercent = cpuPercent;
        }
    }
}
