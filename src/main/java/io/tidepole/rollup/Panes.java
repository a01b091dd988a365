package io.tidepole.rollup;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import io.tidepole.window.EventTime;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Folds readings into windows. Readings go into the finest level; as its windows close they are merged upward into the
 * longer ones that someone watches. Called with the time; knows no timers and no bus.
 */
final class Panes {
    private static final int FINE_MILLIS = 100;
    private static final int LATENESS_MILLIS = 10_000;
    private static final int JUMP_MILLIS = 60_000;
    private static final long RETIRE_MILLIS = 3_600_000;
    private static final long REUSE_MILLIS = 600_000;
    private static final int SWEEP_MILLIS = 60_000;

    private final int maxSeries;
    private final Map<SeriesKey, Known> known = new HashMap<>();
    private final Deque<Freed> freed = new ArrayDeque<>();
    private final List<Series> retired = new ArrayList<>();
    private final SortedMap<Integer, Level> levels = new TreeMap<>();
    private Set<Selector> quantiles = Set.of();
    private Level finest;
    private int nextIndex;
    private long sequence;
    private long nextSweepMillis;
    private long late;
    private long refused;

    Panes(int maxSeries, long nowMillis) {
        this.maxSeries = maxSeries;
        this.nextSweepMillis = nowMillis + SWEEP_MILLIS;
        this.finest = new Level(Interval.BASE_MILLIS, LATENESS_MILLIS, nowMillis);
        levels.put(Interval.BASE_MILLIS, finest);
    }

    /** Takes note of what is watched: opens levels that are watched now, lets go of those that are no more. */
    void watch(Interest interest, long nowMillis) {
        quantiles = interest.quantiles();
        known.values().forEach(entry -> entry.quantiles = wantsQuantiles(entry.series.descriptor()));
        TreeMap<Integer, Boolean> wanted = new TreeMap<>();
        wanted.put(Interval.BASE_MILLIS, true);
        interest.intervalsMillis().forEach(millis -> wanted.put(millis, true));
        if (wanted.firstKey() < Interval.BASE_MILLIS) {
            wanted.put(FINE_MILLIS, true);
        }
        for (int millis : List.copyOf(levels.keySet())) {
            if (!wanted.containsKey(millis)) {
                drop(millis);
            }
        }
        for (int millis : wanted.keySet()) {
            levels.computeIfAbsent(millis, length -> new Level(length, LATENESS_MILLIS, nowMillis));
        }
        levels.values().stream().findFirst().ifPresent(level -> finest = level);
    }

    private boolean wantsQuantiles(Descriptor descriptor) {
        return quantiles.stream().anyMatch(selector -> selector.matches(descriptor.key()));
    }

    private void drop(int millis) {
        levels.remove(millis);
        if (finest.intervalMillis() == millis) {
            finest.drain((series, aggregate) -> upward(aggregate.firstMicros() / 1_000, series, aggregate));
        }
    }

    private boolean upward(long timeMillis, Series series, Aggregate aggregate) {
        boolean added = false;
        for (Level level : levels.values()) {
            added |= level.add(timeMillis, series, aggregate);
        }
        return added;
    }

    /** Folds a batch in. */
    void fold(ReadingBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            Known entry = entry(batch.series(i), batch.receivedMicros());
            if (entry == null) {
                refused++;
            } else {
                fold(entry, EventTime.effectiveMicros(batch.timeMicros(i), batch.receivedMicros()), batch.value(i));
            }
        }
    }

    private void fold(Known entry, long timeMicros, double value) {
        Aggregate aggregate = entry.reading(timeMicros, value);
        long timeMillis = Math.floorDiv(timeMicros, 1_000);
        if (timeMillis >= finest.openEndMillis() - finest.intervalMillis()) {
            finest.add(timeMillis, entry.series, aggregate);
        } else if (!upward(timeMillis, entry.series, aggregate)) {
            late++;
        }
    }

    private @org.jspecify.annotations.Nullable Known entry(Descriptor descriptor, long receivedMicros) {
        Known entry = known.get(descriptor.key());
        if (entry == null) {
            if (known.size() >= maxSeries) {
                return null;
            }
            entry = new Known(new Series(freeIndex(receivedMicros / 1_000), descriptor));
            entry.quantiles = wantsQuantiles(descriptor);
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

    /** Closes all windows that have ended by now, and returns their ticks, then corrections of earlier ones. */
    List<Tick> advance(long nowMillis) {
        List<Tick> ticks = new ArrayList<>();
        if (nowMillis - finest.openEndMillis() > JUMP_MILLIS) {
            jump(nowMillis, ticks);
        }
        while (finest.openEndMillis() <= nowMillis) {
            sweep(nowMillis);
            ticks.add(close(finest.openEndMillis()));
        }
        corrections(ticks);
        return ticks;
    }

    /** The clock leapt, or the machine slept: what is open is closed, and windows start again at now. */
    private void jump(long nowMillis, List<Tick> ticks) {
        ticks.add(close(finest.openEndMillis()));
        levels.replaceAll((millis, level) -> new Level(millis, LATENESS_MILLIS, nowMillis));
        levels.values().stream().findFirst().ifPresent(level -> finest = level);
    }

    private Tick close(long endMillis) {
        List<Pane> panes = new ArrayList<>();
        for (Level level : levels.values()) {
            if (level.openEndMillis() == endMillis) {
                boolean isFinest = level.intervalMillis() == finest.intervalMillis();
                level.close(isFinest ? this::mergeUpward : (series, aggregate) -> {});
                panes.addAll(level.newest());
            }
        }
        Tick tick = new Tick(++sequence, endMillis, panes, retired);
        retired.clear();
        return tick;
    }

    private void mergeUpward(Series series, Aggregate aggregate) {
        long timeMillis = finest.openEndMillis() - 1;
        for (Level level : levels.values()) {
            if (level.intervalMillis() > finest.intervalMillis()) {
                level.add(timeMillis, series, aggregate);
            }
        }
    }

    private void corrections(List<Tick> ticks) {
        TreeMap<Long, List<Pane>> byEnd = new TreeMap<>();
        for (Level level : levels.values()) {
            level.corrections((end, pane) ->
                    byEnd.computeIfAbsent(end, none -> new ArrayList<>()).add(pane));
        }
        byEnd.forEach((end, panes) -> ticks.add(new Tick(++sequence, end, panes, List.of())));
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
                freed.addLast(new Freed(entry.series.index(), nowMillis));
            }
        }
    }

    /** When the next window ends. */
    long nextEndMillis() {
        return finest.openEndMillis();
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

    private record Freed(int index, long sinceMillis) {}

    private static final class Known {
        private final Series series;
        private long seenMillis;
        private long lastMicros = Long.MIN_VALUE;
        private double last;
        private boolean quantiles;

        Known(Series series) {
            this.series = series;
        }

        Aggregate reading(long timeMicros, double value) {
            boolean follows = series.descriptor().kind() == Descriptor.Kind.COUNTER
                    && lastMicros != Long.MIN_VALUE
                    && timeMicros > lastMicros;
            Aggregate aggregate = follows
                    ? Aggregate.following(lastMicros, last, timeMicros, value)
                    : Aggregate.of(timeMicros, value);
            if (timeMicros > lastMicros) {
                lastMicros = timeMicros;
                last = value;
            }
            return quantiles ? aggregate.withDistribution() : aggregate;
        }
    }
}
