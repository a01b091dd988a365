package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Interval;
import io.tidepole.window.Pane;
import io.tidepole.window.Series;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * The windows of one length: the open one, the next one (for stamps a little ahead), and those that closed within the
 * lateness and may still be corrected.
 */
final class Level {
    private final int intervalMillis;
    private final int keptClosed;
    private final Deque<Slots> closed = new ArrayDeque<>();
    private Slots open;
    private Slots next;
    /** The first window is partial and not published. */
    private boolean partial = true;

    Level(int intervalMillis, int latenessMillis, long nowMillis) {
        this.intervalMillis = intervalMillis;
        this.keptClosed = Math.max(1, latenessMillis / intervalMillis);
        long end = Interval.windowEnd(nowMillis, intervalMillis);
        this.open = new Slots(end);
        this.next = new Slots(end + intervalMillis);
    }

    int intervalMillis() {
        return intervalMillis;
    }

    long openEndMillis() {
        return open.endMillis;
    }

    /** Adds to the window that holds the time; false if that window closed longer ago than the lateness. */
    boolean add(long timeMillis, Series series, Aggregate aggregate) {
        long end = Interval.windowEnd(timeMillis, intervalMillis);
        if (end == open.endMillis) {
            open.merge(series, aggregate);
        } else if (end > open.endMillis) {
            next.merge(series, aggregate);
        } else {
            return correct(end, series, aggregate);
        }
        return true;
    }

    private boolean correct(long end, Series series, Aggregate aggregate) {
        for (Slots slots : closed) {
            if (slots.endMillis == end) {
                slots.merge(series, aggregate);
                slots.corrected.add(series);
                return true;
            }
        }
        return false;
    }

    /** Closes the open window and opens the next one. */
    void close(BiConsumer<Series, Aggregate> upward) {
        open.forEach(upward);
        closed.addFirst(open);
        if (closed.size() > keptClosed) {
            closed.removeLast();
        }
        open = next;
        next = new Slots(open.endMillis + intervalMillis);
    }

    /** The window that closed last, once; nothing for a partial one. */
    List<Pane> newest() {
        Slots slots = closed.getFirst();
        slots.corrected.clear();
        if (partial) {
            partial = false;
            return List.of();
        }
        return List.of(slots.pane(intervalMillis, slots.members()));
    }

    /** Hands over what the open windows hold: this level goes away. */
    void drain(BiConsumer<Series, Aggregate> upward) {
        open.forEach(upward);
        next.forEach(upward);
    }

    /** Panes with what was corrected in closed windows since the last call. */
    void corrections(BiConsumer<Long, Pane> consumer) {
        for (Slots slots : closed) {
            if (!slots.corrected.isEmpty()) {
                consumer.accept(slots.endMillis, slots.pane(intervalMillis, List.copyOf(slots.corrected)));
                slots.corrected.clear();
            }
        }
    }

    /** The aggregates of one window by the index of their series. */
    private static final class Slots {
        private final long endMillis;
        private final java.util.Set<Series> corrected = new java.util.LinkedHashSet<>();
        private final List<Series> members = new ArrayList<>();
        private Aggregate[] byIndex = new Aggregate[64];

        Slots(long endMillis) {
            this.endMillis = endMillis;
        }

        List<Series> members() {
            return members;
        }

        @SuppressWarnings("NullAway") // an empty slot of the array is null
        void merge(Series series, Aggregate aggregate) {
            int index = series.index();
            if (index >= byIndex.length) {
                byIndex = Arrays.copyOf(byIndex, Math.max(index + 1, byIndex.length * 2));
            }
            Aggregate before = byIndex[index];
            if (before == null) {
                members.add(series);
                byIndex[index] = aggregate;
            } else {
                byIndex[index] = before.merge(aggregate);
            }
        }

        void forEach(BiConsumer<Series, Aggregate> consumer) {
            for (Series series : members) {
                consumer.accept(series, byIndex[series.index()]);
            }
        }

        Pane pane(int intervalMillis, List<Series> chosen) {
            Series[] series = chosen.toArray(new Series[0]);
            Aggregate[] aggregates = new Aggregate[series.length];
            for (int i = 0; i < series.length; i++) {
                aggregates[i] = byIndex[series[i].index()];
            }
            return new Pane(intervalMillis, series, aggregates, series.length);
        }
    }
}
