package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The readings of one window of the finest length, by series. A series with one reading, as most have, costs 16 bytes
 * and its place; one with more has a {@link Cell}.
 */
final class Slots {
    /** Takes the readings of a window one by one. */
    interface Sink {
        void reading(Known series, long timeMicros, double value);

        void spilled(Known series, Aggregate aggregate);
    }

    final long endMillis;
    /** Series with readings that came after the window closed. */
    final Set<Known> corrected = new LinkedHashSet<>(0);

    /** By the index of a series: its place and one, or 0 for none. */
    private int[] places = new int[64];

    private Known[] members = new Known[8];
    private long[] times = new long[8];
    private double[] values = new double[8];
    private @Nullable Cell[] cells = new Cell[0];
    private int size;

    Slots(long endMillis) {
        this.endMillis = endMillis;
    }

    int size() {
        return size;
    }

    Known member(int place) {
        return members[place];
    }

    /** Adds a reading, or replaces the one of that very time. */
    Cell.Outcome add(Known series, long timeMicros, double value) {
        int place = place(series);
        if (place < 0) {
            newcomer(series);
            times[size - 1] = timeMicros;
            values[size - 1] = value;
            return Cell.Outcome.ADDED;
        }
        Cell cell = cell(place);
        if (cell == null) {
            if (times[place] == timeMicros) {
                values[place] = value;
                return Cell.Outcome.REPLACED;
            }
            cell = makeCell(place);
            cell.add(times[place], values[place], series.wantsQuantiles);
        }
        return cell.add(timeMicros, value, series.wantsQuantiles);
    }

    void spill(Known series, Aggregate older) {
        int place = place(series);
        if (place < 0) {
            newcomer(series);
            makeCell(size - 1).spill(older);
            return;
        }
        Cell cell = cell(place);
        if (cell == null) {
            cell = makeCell(place);
            cell.add(times[place], values[place], series.wantsQuantiles);
        }
        cell.spill(older);
    }

    /** Whether there is a reading of this very time. */
    boolean has(Known series, long timeMicros) {
        int place = place(series);
        if (place < 0) {
            return false;
        }
        Cell cell = cell(place);
        return cell == null ? times[place] == timeMicros : cell.has(timeMicros);
    }

    boolean has(Known series) {
        return place(series) >= 0;
    }

    private int place(Known series) {
        int index = series.index();
        return index < places.length ? places[index] - 1 : -1;
    }

    private @Nullable Cell cell(int place) {
        return place < cells.length ? cells[place] : null;
    }

    private Cell makeCell(int place) {
        if (place >= cells.length) {
            cells = Arrays.copyOf(cells, members.length);
        }
        Cell cell = new Cell();
        cells[place] = cell;
        return cell;
    }

    private void newcomer(Known series) {
        int index = series.index();
        if (index >= places.length) {
            places = Arrays.copyOf(places, Math.max(index + 1, places.length * 2));
        }
        if (size == members.length) {
            members = Arrays.copyOf(members, size * 2);
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        members[size++] = series;
        places[index] = size;
    }

    /** The aggregate of a member, by its place. */
    Aggregate aggregate(int place) {
        Cell cell = cell(place);
        Known series = members[place];
        if (cell != null) {
            return cell.aggregate(series.wantsQuantiles);
        }
        Aggregate one = Aggregate.of(times[place], values[place]);
        return series.wantsQuantiles ? one.withDistribution() : one;
    }

    /** The aggregate of a series that has readings here. */
    Aggregate aggregate(Known series) {
        return aggregate(place(series));
    }

    void pour(Sink sink) {
        for (int place = 0; place < size; place++) {
            Cell cell = cell(place);
            if (cell == null) {
                sink.reading(members[place], times[place], values[place]);
            } else {
                cell.pour(sink, members[place]);
            }
        }
    }
}
