package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Interval;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The windows of one length that someone watches, made of the finest ones. */
final class Level {
    private final int intervalMillis;
    /** The first window that is whole, by its end; those before are not published. */
    private final long firstEndMillis;
    /** What is sealed of windows that are not sealed as a whole, by their ends. */
    private final Map<Long, Sums> sealed = new TreeMap<>();

    Level(int intervalMillis, long nowMillis) {
        this.intervalMillis = intervalMillis;
        this.firstEndMillis = Interval.windowEnd(nowMillis, intervalMillis) + intervalMillis;
    }

    int intervalMillis() {
        return intervalMillis;
    }

    /** Whether a window of this length ends then, and is whole. */
    boolean publishes(long endMillis) {
        return endMillis >= firstEndMillis && Math.floorMod(endMillis, intervalMillis) == 0;
    }

    /** All series of one window. */
    Sums window(long endMillis, Grain grain) {
        Sums sums = new Sums();
        Sums before = sealed.get(endMillis);
        if (before != null) {
            for (Known series : before.members()) {
                Aggregate part = before.get(series);
                if (part != null) {
                    sums.add(series, part);
                }
            }
        }
        for (Slots slots : grain.between(endMillis - intervalMillis, endMillis)) {
            for (int place = 0; place < slots.size(); place++) {
                sums.add(slots.member(place), grain.aggregate(slots, place));
            }
        }
        return sums;
    }

    /** Some series of one window. */
    Sums window(long endMillis, Grain grain, Collection<Known> chosen) {
        Sums sums = new Sums();
        Sums before = sealed.get(endMillis);
        for (Known series : chosen) {
            Aggregate part = before == null ? null : before.get(series);
            if (part != null) {
                sums.add(series, part);
            }
            for (Slots slots : grain.between(endMillis - intervalMillis, endMillis)) {
                if (slots.has(series)) {
                    sums.add(series, grain.aggregate(slots, series));
                }
            }
        }
        return sums;
    }

    /** One of the finest windows is about to be forgotten: what longer ones need of it is kept. */
    void sealing(Slots slots, Grain grain) {
        long end = Interval.windowEnd(slots.endMillis - 1, intervalMillis);
        if (end != slots.endMillis && end >= firstEndMillis) {
            Sums sums = sealed.computeIfAbsent(end, none -> new Sums());
            for (int place = 0; place < slots.size(); place++) {
                sums.add(slots.member(place), grain.aggregate(slots, place));
            }
        }
    }

    /** Nothing is corrected up to this end any more. */
    void sealed(long endMillis) {
        sealed.keySet().removeIf(end -> end <= endMillis);
    }

    /** The windows that hold what was corrected in closed ones, and of which series, by their ends. */
    Map<Long, Set<Known>> corrected(Iterable<Slots> closed, long closedEndMillis) {
        Map<Long, Set<Known>> found = new LinkedHashMap<>();
        for (Slots slots : closed) {
            long end = Interval.windowEnd(slots.endMillis - 1, intervalMillis);
            if (!slots.corrected.isEmpty() && end >= firstEndMillis && end <= closedEndMillis) {
                found.computeIfAbsent(end, none -> new LinkedHashSet<>()).addAll(slots.corrected);
            }
        }
        return found;
    }
}
