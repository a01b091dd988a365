package io.tidepole.window;

import java.util.OptionalDouble;

/**
 * All that is kept of one series in one window. Immutable; {@link #merge} joins windows or parts of one.
 *
 * @param count readings
 * @param min smallest value
 * @param max greatest value
 * @param sum of the values
 * @param firstMicros time of the earliest reading
 * @param first its value
 * @param lastMicros time of the latest reading, microseconds since the epoch
 * @param last its value
 * @param sinceMicros from when the increase counts: the reading before the first, or the first if that is unknown
 * @param increase growth of a counter from then to the last reading, with resets taken as a start at zero
 * @param distribution of the values, if someone wants quantiles
 */
public record Aggregate(
        long count,
        double min,
        double max,
        double sum,
        long firstMicros,
        double first,
        long lastMicros,
        double last,
        long sinceMicros,
        double increase,
        Distribution distribution) {

    /** The aggregate of one reading. */
    public static Aggregate of(long timeMicros, double value) {
        return new Aggregate(
                1, value, value, value, timeMicros, value, timeMicros, value, timeMicros, 0, Distribution.NONE);
    }

    /**
     * The aggregate of the first so many readings, which are in order of time and at least one.
     *
     * @param quantiles whether quantiles are wanted of it
     */
    public static Aggregate of(long[] timesMicros, double[] values, int size, boolean quantiles) {
        double min = values[0];
        double max = values[0];
        double sum = values[0];
        double increase = 0;
        for (int i = 1; i < size; i++) {
            min = Math.min(min, values[i]);
            max = Math.max(max, values[i]);
            sum += values[i];
            increase += growth(values[i - 1], values[i]);
        }
        return new Aggregate(
                size,
                min,
                max,
                sum,
                timesMicros[0],
                values[0],
                timesMicros[size - 1],
                values[size - 1],
                timesMicros[0],
                increase,
                quantiles ? Distribution.of(values, size) : Distribution.NONE);
    }

    /** The same readings of a counter that stood at another value before them. */
    public Aggregate following(long beforeMicros, double before) {
        return new Aggregate(
                count,
                min,
                max,
                sum,
                firstMicros,
                first,
                lastMicros,
                last,
                beforeMicros,
                increase + growth(before, first),
                distribution);
    }

    /** The aggregate of one reading of a counter that stood at another value before. */
    public static Aggregate following(long beforeMicros, double before, long timeMicros, double value) {
        return new Aggregate(
                1,
                value,
                value,
                value,
                timeMicros,
                value,
                timeMicros,
                value,
                beforeMicros,
                growth(before, value),
                Distribution.NONE);
    }

    /** The same for one reading of a series of which quantiles are wanted. */
    public Aggregate withDistribution() {
        return new Aggregate(
                count,
                min,
                max,
                sum,
                firstMicros,
                first,
                lastMicros,
                last,
                sinceMicros,
                increase,
                Distribution.of(last));
    }

    /** The aggregate of the readings of both, in whichever order they are given. */
    public Aggregate merge(Aggregate other) {
        Aggregate earlier = other.firstMicros < firstMicros ? other : this;
        Aggregate later = other.lastMicros >= lastMicros ? other : this;
        return new Aggregate(
                count + other.count,
                Math.min(min, other.min),
                Math.max(max, other.max),
                sum + other.sum,
                earlier.firstMicros,
                earlier.first,
                later.lastMicros,
                later.last,
                Math.min(sinceMicros, other.sinceMicros),
                increase + other.increase + between(other),
                distribution.merge(other.distribution));
    }

    /** The growth from the end of the earlier to the start of the later, unless the later one holds it already. */
    private double between(Aggregate other) {
        boolean otherFirst = other.firstMicros < firstMicros;
        Aggregate before = otherFirst ? other : this;
        Aggregate after = otherFirst ? this : other;
        return after.sinceMicros == after.firstMicros ? growth(before.last, after.first) : 0;
    }

    /** A fall is a reset, and a counter that was reset started at zero. */
    private static double growth(double before, double after) {
        return after >= before ? after - before : after;
    }

    /**
     * The value of a statistic, or nothing where it has none: a rate needs two readings at different times, a quantile
     * the values of all readings.
     */
    public OptionalDouble value(Stat stat) {
        return switch (stat) {
            case LAST -> OptionalDouble.of(last);
            case MIN -> OptionalDouble.of(min);
            case MAX -> OptionalDouble.of(max);
            case MEAN -> OptionalDouble.of(sum / (double) count);
            case SUM -> OptionalDouble.of(sum);
            case COUNT -> OptionalDouble.of((double) count);
            case RATE ->
                lastMicros > sinceMicros
                        ? OptionalDouble.of(increase * 1e6 / (double) (lastMicros - sinceMicros))
                        : OptionalDouble.empty();
            case P50, P95, P99 -> quantile(stat.share());
        };
    }

    /** No quantile is beyond what was measured, whatever a sketch says. */
    private OptionalDouble quantile(double share) {
        OptionalDouble found = distribution.quantile(share);
        return found.isEmpty() || distribution.count() != count
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.max(min, Math.min(max, found.getAsDouble())));
    }
}
