package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * More than one reading of one series in one window, in order of time. Up to {@value #MAX_PAIRS} are kept as they are,
 * so that one that comes twice is found, and the last one written wins. When there are more, the older half becomes an
 * aggregate; what comes again of that half is not found any more.
 */
final class Cell {
    static final int MAX_PAIRS = 64;

    private long[] times = new long[4];
    private double[] values = new double[4];
    private int size;
    private @Nullable Aggregate spilled;

    /** What became of a reading. */
    enum Outcome {
        ADDED,
        /** It was there already, with the same or another value. */
        REPLACED,
        /** It may have been there already. */
        DOUBTFUL
    }

    Outcome add(long timeMicros, double value, boolean quantiles) {
        int place = size;
        while (place > 0 && times[place - 1] >= timeMicros) {
            place--;
        }
        if (place < size && times[place] == timeMicros) {
            values[place] = value;
            return Outcome.REPLACED;
        }
        boolean doubtful = spilled != null && timeMicros <= spilled.lastMicros();
        if (size == MAX_PAIRS) {
            spill(MAX_PAIRS / 2, quantiles);
            place = Math.max(0, place - MAX_PAIRS / 2);
        } else if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        System.arraycopy(times, place, times, place + 1, size - place);
        System.arraycopy(values, place, values, place + 1, size - place);
        times[place] = timeMicros;
        values[place] = value;
        size++;
        return doubtful ? Outcome.DOUBTFUL : Outcome.ADDED;
    }

    private void spill(int pairs, boolean quantiles) {
        spill(Aggregate.of(times, values, pairs, quantiles));
        size -= pairs;
        System.arraycopy(times, pairs, times, 0, size);
        System.arraycopy(values, pairs, values, 0, size);
    }

    /** Takes readings that cannot be told apart any more. */
    void spill(Aggregate older) {
        spilled = spilled == null ? older : spilled.merge(older);
    }

    /** Whether it keeps this very time. */
    boolean has(long timeMicros) {
        return Arrays.binarySearch(times, 0, size, timeMicros) >= 0;
    }

    Aggregate aggregate(boolean quantiles) {
        if (size == 0 && spilled != null) {
            return spilled;
        }
        Aggregate kept = Aggregate.of(times, values, size, quantiles);
        return spilled == null ? kept : spilled.merge(kept);
    }

    /** Puts everything into other windows. */
    void pour(Slots.Sink sink, Known series) {
        if (spilled != null) {
            sink.spilled(series, spilled);
        }
        for (int i = 0; i < size; i++) {
            sink.reading(series, times[i], values[i]);
        }
    }
}
