package io.tidepole.rollup;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.EventTime;
import io.tidepole.window.GroupedPane;
import io.tidepole.window.Interest;
import io.tidepole.window.Interval;
import io.tidepole.window.Pane;
import io.tidepole.window.Series;
import io.tidepole.window.Tick;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Folds readings into windows. Readings go into the finest windows, which keep them until the lateness has passed; the
 * longer ones that someone watches are made of those. Called with the time; knows no timers and no bus.
 */
final class Panes {
    static final int LATENESS_MILLIS = 10_000;
    private static final int FINE_MILLIS = 100;
    private static final int JUMP_MILLIS = 60_000;
    /** Windows stay fine for so long after the last who watched them is gone: to change their length is dear. */
    private static final int STAY_FINE_MILLIS = 60_000;

    private static final long RETIRE_MILLIS = 3_600_000;
    private static final long REUSE_MILLIS = 600_000;
    private static final int SWEEP_MILLIS = 60_000;

    private final int maxSeries;
    private final Map<SeriesKey, Known> known = new HashMap<>();
    private final Deque<Freed> freed = new ArrayDeque<>();
    private final Map<Known, Tick.Newcomer> appeared = new LinkedHashMap<>();
    private final List<Series> retired = new ArrayList<>();
    private final SortedMap<Integer, Level> levels = new TreeMap<>();
    private List<Grouped> grouped = List.of();
    private Set<Selector> quantiles = Set.of();
    private Grain grain;
    private boolean fineIsWanted;
    private long fineUntilMillis;
    private int nextIndex;
    private long sequence;
    private long nextSweepMillis;
    private long late;
    private long refused;
    private long duplicates;
    private long doubtful;

    Panes(int maxSeries, long nowMillis) {
        this.maxSeries = maxSeries;
        this.nextSweepMillis = nowMillis + SWEEP_MILLIS;
        this.grain = startGrain(Interval.BASE_MILLIS, nowMillis);
        // The server begins within a window; a whole one is the first that is sent.
        levels.put(Interval.BASE_MILLIS, new Level(Interval.BASE_MILLIS, nowMillis));
    }

    private static Grain startGrain(int intervalMillis, long nowMillis) {
        long openEnd = Interval.windowEnd(nowMillis, intervalMillis);
        return new Grain(intervalMillis, LATENESS_MILLIS, openEnd, openEnd - intervalMillis - LATENESS_MILLIS);
    }

    // ---- what is watched

    /** Takes note of what is watched: opens levels that are watched now, lets go of those that are no more. */
    void watch(Interest interest, long nowMillis) {
        quantiles = interest.quantiles();
        known.values().forEach(entry -> entry.wantsQuantiles = wantsQuantiles(entry.series.descriptor()));
        Set<Integer> wanted = new java.util.HashSet<>(interest.intervalsMillis());
        wanted.add(Interval.BASE_MILLIS);
        levels.keySet().retainAll(wanted);
        wanted.forEach(millis -> levels.computeIfAbsent(millis, length -> new Level(length, nowMillis)));
        grouped = interest.groupings().entrySet().stream()
                .map(entry -> new Grouped(entry.getKey(), entry.getValue()))
                .toList();
        fineIsWanted = levels.firstKey() < Interval.BASE_MILLIS;
        fineUntilMillis = nowMillis + STAY_FINE_MILLIS;
        if (fineIsWanted && grain.intervalMillis() != FINE_MILLIS) {
            grain = grain.regrained(
                    FINE_MILLIS, Interval.windowEnd(Math.max(nowMillis, grain.closedEndMillis()), FINE_MILLIS));
        }
    }

    private boolean wantsQuantiles(Descriptor descriptor) {
        return quantiles.stream().anyMatch(selector -> selector.matches(descriptor.key()));
    }

    private void coarsenIfDue(long nowMillis) {
        if (grain.intervalMillis() == FINE_MILLIS && !fineIsWanted && nowMillis >= fineUntilMillis) {
            int base = Interval.BASE_MILLIS;
            // Windows of which a part is sealed cannot be made whole again.
            grain.sealUntil(Interval.windowEnd(grain.sealedEndMillis() - 1, base), this::sealing);
            grain = grain.regrained(base, Interval.windowEnd(grain.closedEndMillis(), base));
        }
    }

    // ---- readings

    /** Folds a batch in. */
    void fold(ReadingBatch batch) {
        long received = batch.receivedMicros();
        for (int i = 0; i < batch.size(); i++) {
            Known entry = entry(batch.series(i), received);
            if (entry == null) {
                refused++;
            } else {
                long stamp = batch.timeMicros(i);
                long time = EventTime.effectiveMicros(stamp, received);
                count(grain.add(entry, time, batch.value(i), time != stamp));
                if (entry.fresh) {
                    appeared.merge(
                            entry,
                            new Tick.Newcomer(entry.series, time, batch.value(i)),
                            (before, now) -> now.timeMicros() < before.timeMicros() ? before : now);
                }
            }
        }
    }

    private void count(Cell.@Nullable Outcome outcome) {
        if (outcome == null) {
            late++;
            return;
        }
        switch (outcome) {
            case ADDED -> {}
            case REPLACED -> duplicates++;
            case DOUBTFUL -> doubtful++;
        }
    }

    private @Nullable Known entry(Descriptor descriptor, long receivedMicros) {
        Known entry = known.get(descriptor.key());
        if (entry == null) {
            if (known.size() >= maxSeries) {
                return null;
            }
            entry = new Known(new Series(freeIndex(receivedMicros / 1_000), descriptor));
            entry.wantsQuantiles = wantsQuantiles(descriptor);
            known.put(descriptor.key(), entry);
        }
        entry.seenMillis = receivedMicros / 1_000;
        return entry;
    }

    private int freeIndex(long nowMillis) {
        Freed oldest = freed.peekFirst();
        if (oldest != null && nowMillis - oldest.sinceMillis >= REUSE_MILLIS) {
            freed.removeFirst();
            return oldest.index;
        }
        return nextIndex++;
    }

    // ---- windows close

    /** Corrects windows that closed before, closes all that have ended by now, and returns the ticks of both. */
    List<Tick> advance(long nowMillis) {
        List<Tick> ticks = new ArrayList<>();
        corrections(ticks);
        if (nowMillis - grain.openEndMillis() > JUMP_MILLIS) {
            jump(nowMillis, ticks);
        }
        while (grain.openEndMillis() <= nowMillis) {
            sweep(nowMillis);
            ticks.add(close());
            coarsenIfDue(nowMillis);
        }
        return ticks;
    }

    /** The clock leapt, or the machine slept: what is open is closed, and windows start again at now. */
    private void jump(long nowMillis, List<Tick> ticks) {
        ticks.add(close());
        grain.sealUntil(Long.MAX_VALUE, (slots, from) -> {});
        grain = startGrain(grain.intervalMillis(), nowMillis);
        levels.replaceAll((millis, level) -> new Level(millis, nowMillis));
    }

    private Tick close() {
        long end = grain.openEndMillis();
        grain.close();
        List<Pane> panes = new ArrayList<>();
        List<GroupedPane> groupedPanes = new ArrayList<>();
        for (Level level : levels.values()) {
            if (level.publishes(end)) {
                Sums window = level.window(end, grain);
                panes.add(window.pane(level.intervalMillis()));
                for (Grouped grouping : grouped) {
                    if (grouping.watches(level.intervalMillis())) {
                        groupedPanes.add(grouping.pane(level.intervalMillis(), window));
                    }
                }
            }
        }
        grain.between(end - grain.intervalMillis(), end).forEach(slots -> slots.corrected.clear());
        grain.seal(this::sealing);
        levels.values().forEach(level -> level.sealed(grain.sealedEndMillis()));
        Tick tick = new Tick(++sequence, end, panes, groupedPanes, List.copyOf(appeared.values()), retired);
        appeared.keySet().forEach(entry -> entry.fresh = false);
        appeared.clear();
        retired.clear();
        return tick;
    }

    private void sealing(Slots slots, Grain from) {
        levels.values().forEach(level -> level.sealing(slots, from));
    }

    private void corrections(List<Tick> ticks) {
        Iterable<Slots> closed = grain.between(Long.MIN_VALUE, grain.closedEndMillis());
        TreeMap<Long, List<Pane>> panes = new TreeMap<>();
        TreeMap<Long, List<GroupedPane>> groupedPanes = new TreeMap<>();
        for (Level level : levels.values()) {
            level.corrected(closed, grain.closedEndMillis()).forEach((end, series) -> {
                int interval = level.intervalMillis();
                panes.computeIfAbsent(end, none -> new ArrayList<>())
                        .add(level.window(end, grain, series).pane(interval));
                for (Grouped grouping : grouped) {
                    if (grouping.watches(interval)) {
                        groupedPanes
                                .computeIfAbsent(end, none -> new ArrayList<>())
                                .add(grouping.pane(interval, level.window(end, grain), series));
                    }
                }
            });
        }
        closed.forEach(slots -> slots.corrected.clear());
        panes.forEach((end, of) -> ticks.add(
                new Tick(++sequence, end, of, groupedPanes.getOrDefault(end, List.of()), List.of(), List.of())));
    }

    private void sweep(long nowMillis) {
        if (nowMillis < nextSweepMillis) {
            return;
        }
        nextSweepMillis = nowMillis + SWEEP_MILLIS;
        for (Iterator<Known> entries = known.values().iterator(); entries.hasNext(); ) {
            Known entry = entries.next();
            if (nowMillis - entry.seenMillis >= RETIRE_MILLIS) {
                entries.remove();
                retired.add(entry.series);
                grouped.forEach(grouping -> grouping.forget(entry));
                freed.addLast(new Freed(entry.series.index(), nowMillis));
            }
        }
    }

    // ---- what others ask

    /** When the next window ends. */
    long nextEndMillis() {
        return grain.openEndMillis();
    }

    int seriesCount() {
        return known.size();
    }

    /** Readings that came after their window's lateness; they are in the history only. */
    long lateCount() {
        return late;
    }

    /** Readings of new series beyond the limit. */
    long refusedCount() {
        return refused;
    }

    /** Readings that came again; the last one written counts. */
    long duplicateCount() {
        return duplicates;
    }

    /** Late readings in windows with so many that it cannot be told whether they came before; they are counted. */
    long doubtfulCount() {
        return doubtful;
    }

    private record Freed(int index, long sinceMillis) {}
}
