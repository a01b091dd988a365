package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Interval;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The windows of the finest length: those that are open, and those that closed within the lateness and keep their
 * readings, so that what comes late or twice still finds its place. When the lateness has passed, a window is sealed:
 * its aggregates are handed on and its readings forgotten.
 */
final class Grain {
    private final int intervalMillis;
    private final int latenessMillis;
    private final NavigableMap<Long, Slots> windows = new TreeMap<>();
    private long openEndMillis;
    private long sealedEndMillis;
    private Slots newest;

    Grain(int intervalMillis, int latenessMillis, long openEndMillis, long sealedEndMillis) {
        this.intervalMillis = intervalMillis;
        this.latenessMillis = latenessMillis;
        this.openEndMillis = openEndMillis;
        this.sealedEndMillis = sealedEndMillis;
        this.newest = new Slots(openEndMillis);
        windows.put(openEndMillis, newest);
    }

    int intervalMillis() {
        return intervalMillis;
    }

    /** The end of the window that closes next. */
    long openEndMillis() {
        return openEndMillis;
    }

    /** The end of the window that closed last. */
    long closedEndMillis() {
        return openEndMillis - intervalMillis;
    }

    /** The end of the last window that takes no more readings. */
    long sealedEndMillis() {
        return sealedEndMillis;
    }

    /**
     * Adds a reading to its window; null if that is sealed.
     *
     * @param moved whether the time is not the sender's: then it is never taken for one that was there already
     */
    Cell.@Nullable Outcome add(Known series, long timeMicros, double value, boolean moved) {
        Slots slots = window(timeMicros);
        if (slots == null) {
            return null;
        }
        long free = timeMicros;
        while (moved && slots.has(series, free)) {
            free++;
        }
        if (free != timeMicros && window(free) != slots) {
            return add(series, free, value, true);
        }
        Cell.Outcome outcome = slots.add(series, free, value);
        if (slots.endMillis < openEndMillis) {
            corrected(series, slots);
        }
        return outcome;
    }

    private @Nullable Slots window(long timeMicros) {
        long end = Interval.windowEnd(Math.floorDiv(timeMicros, 1_000), intervalMillis);
        if (end == newest.endMillis) {
            return newest;
        }
        if (end <= sealedEndMillis) {
            return null;
        }
        newest = windows.computeIfAbsent(end, Slots::new);
        return newest;
    }

    /** What a counter grew in the next window counts from here, so that one is another now too. */
    private void corrected(Known series, Slots slots) {
        slots.corrected.add(series);
        if (series.counter) {
            for (Slots later : windows.tailMap(slots.endMillis, false).values()) {
                if (later.endMillis >= openEndMillis) {
                    return;
                }
                if (later.has(series)) {
                    later.corrected.add(series);
                    return;
                }
            }
        }
    }

    /** Windows with an end after the first and up to the second, as far as they are there, in order. */
    Iterable<Slots> between(long afterMillis, long untilMillis) {
        return windows.subMap(afterMillis, false, untilMillis, true).values();
    }

    /** The aggregate of a series in a window that has readings of it; a counter grew from where it stood before. */
    Aggregate aggregate(Slots slots, Known series) {
        return since(slots, series, slots.aggregate(series));
    }

    /** The same, of the member at a place. */
    Aggregate aggregate(Slots slots, int place) {
        return since(slots, slots.member(place), slots.aggregate(place));
    }

    private Aggregate since(Slots slots, Known series, Aggregate aggregate) {
        if (!series.counter) {
            return aggregate;
        }
        for (Slots before :
                windows.headMap(slots.endMillis, false).descendingMap().values()) {
            if (before.has(series)) {
                Aggregate there = before.aggregate(series);
                return aggregate.following(there.lastMicros(), there.last());
            }
        }
        return series.hasSealed() && series.sealedMicros() < aggregate.firstMicros()
                ? aggregate.following(series.sealedMicros(), series.sealedValue())
                : aggregate;
    }

    /** Closes the open window; the next one is open. */
    void close() {
        openEndMillis += intervalMillis;
    }

    /** Seals the windows that closed longer ago than the lateness, in order. */
    void seal(BiConsumer<Slots, Grain> last) {
        sealUntil(closedEndMillis() - Math.max(intervalMillis, latenessMillis), last);
    }

    /** Seals the windows up to an end, in order. */
    void sealUntil(long endMillis, BiConsumer<Slots, Grain> last) {
        while (!windows.isEmpty() && windows.firstKey() <= endMillis) {
            Slots slots = windows.firstEntry().getValue();
            last.accept(slots, this);
            for (int place = 0; place < slots.size(); place++) {
                Known series = slots.member(place);
                if (series.counter) {
                    Aggregate aggregate = slots.aggregate(place);
                    series.sealed(aggregate.lastMicros(), aggregate.last());
                }
            }
            windows.remove(slots.endMillis);
        }
        sealedEndMillis = Math.max(sealedEndMillis, endMillis);
    }

    /** The same readings in windows of another length. */
    Grain regrained(int newIntervalMillis, long newOpenEndMillis) {
        Grain grain = new Grain(newIntervalMillis, latenessMillis, newOpenEndMillis, sealedEndMillis);
        for (Map.Entry<Long, Slots> window : windows.entrySet()) {
            window.getValue().pour(new Slots.Sink() {
                @Override
                public void reading(Known series, long timeMicros, double value) {
                    Slots slots = grain.window(timeMicros);
                    if (slots != null) {
                        slots.add(series, timeMicros, value);
                    }
                }

                @Override
                public void spilled(Known series, Aggregate aggregate) {
                    Slots slots = grain.window(aggregate.lastMicros());
                    if (slots != null) {
                        slots.spill(series, aggregate);
                    }
                }
            });
        }
        return grain;
    }
}
