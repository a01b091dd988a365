package io.tidepole.window;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How values are spread, for quantiles. Immutable and mergeable. Up to 64 values are kept as they are, and their
 * quantiles are exact; more become a sketch, whose quantiles are within half a percent of a value at that rank.
 *
 * @see <a href="https://arxiv.org/abs/1908.10693">Masson, Rim, Lee: DDSketch, 2019</a>
 */
public final class Distribution {
    /** Of nothing: what a window has of which nobody wants quantiles. */
    public static final Distribution NONE = new Distribution(new double[0], Optional.empty());

    private static final int MAX_EXACT = 64;
    private static final double RELATIVE_ACCURACY = 0.005;

    private final double[] sorted;
    private final Optional<DDSketch> sketch;

    private Distribution(double[] sorted, Optional<DDSketch> sketch) {
        this.sorted = sorted;
        this.sketch = sketch;
    }

    /** Of one value. */
    public static Distribution of(double value) {
        return new Distribution(new double[] {value}, Optional.empty());
    }

    /** Of the first so many of these values, which are copied. */
    static Distribution of(double[] values, int size) {
        if (size == 0) {
            return NONE;
        }
        if (size <= MAX_EXACT) {
            double[] sorted = Arrays.copyOf(values, size);
            Arrays.sort(sorted);
            return new Distribution(sorted, Optional.empty());
        }
        Collector collector = new Collector();
        for (int i = 0; i < size; i++) {
            collector.add(values[i]);
        }
        return collector.collected();
    }

    /** Collects the values of many; merging them two by two would copy as often. Used once, by one thread. */
    static final class Collector {
        private double[] exact = new double[8];
        private int size;
        private Optional<DDSketch> sketch = Optional.empty();

        void add(double value) {
            if (sketch.isPresent()) {
                sketch.get().accept(value);
                return;
            }
            if (size == MAX_EXACT) {
                spill().accept(value);
                return;
            }
            if (size == exact.length) {
                exact = Arrays.copyOf(exact, size * 2);
            }
            exact[size++] = value;
        }

        void add(Distribution other) {
            for (double value : other.sorted) {
                add(value);
            }
            other.sketch.ifPresent(held -> sketch.orElseGet(this::spill).mergeWith(held));
        }

        private DDSketch spill() {
            DDSketch made = DDSketches.unboundedDense(RELATIVE_ACCURACY);
            for (int i = 0; i < size; i++) {
                made.accept(exact[i]);
            }
            size = 0;
            sketch = Optional.of(made);
            return made;
        }

        Distribution collected() {
            if (sketch.isPresent()) {
                return new Distribution(new double[0], sketch);
            }
            return of(exact, size);
        }
    }

    /** How many values it holds. */
    public long count() {
        return sketch.map(held -> Math.round(held.getCount())).orElse((long) sorted.length);
    }

    /** The values of both. */
    public Distribution merge(Distribution other) {
        if (other.count() == 0) {
            return this;
        }
        if (count() == 0) {
            return other;
        }
        if (sketch.isEmpty() && other.sketch.isEmpty() && sorted.length + other.sorted.length <= MAX_EXACT) {
            double[] both = Arrays.copyOf(sorted, sorted.length + other.sorted.length);
            System.arraycopy(other.sorted, 0, both, sorted.length, other.sorted.length);
            Arrays.sort(both);
            return new Distribution(both, Optional.empty());
        }
        DDSketch merged = sketch.map(DDSketch::copy).orElseGet(() -> DDSketches.unboundedDense(RELATIVE_ACCURACY));
        other.sketch.ifPresent(merged::mergeWith);
        addTo(merged, sorted);
        addTo(merged, other.sorted);
        return new Distribution(new double[0], Optional.of(merged));
    }

    private static void addTo(DDSketch sketch, double[] values) {
        for (double value : values) {
            sketch.accept(value);
        }
    }

    /** The smallest value that at least this share of all do not exceed; nothing if there are none. */
    public OptionalDouble quantile(double share) {
        if (sketch.isPresent()) {
            // The sketch counts ranks from 0 to the count less one, and rounds down; ours is that of the exact values.
            double count = sketch.get().getCount();
            double rank = Math.max(0, Math.ceil(share * count) - 1);
            return OptionalDouble.of(sketch.get().getValueAtQuantile(Math.min(1, (rank + 0.5) / (count - 1))));
        }
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return OptionalDouble.of(sorted[Math.max(0, rank - 1)]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && Arrays.equals(sorted, that.sorted)
                && sketch.isPresent() == that.sketch.isPresent()
                && count() == that.count();
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
