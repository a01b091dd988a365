package io.tidepole.prometheus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** Functions of the samples of a range. */
enum RangeFunction {
    RATE,
    INCREASE,
    DELTA,
    IRATE,
    IDELTA,
    AVG_OVER_TIME,
    MIN_OVER_TIME,
    MAX_OVER_TIME,
    SUM_OVER_TIME,
    COUNT_OVER_TIME,
    LAST_OVER_TIME,
    STDDEV_OVER_TIME,
    QUANTILE_OVER_TIME;

    static Optional<RangeFunction> byName(String name) {
        return Arrays.stream(values())
                .filter(function -> function.text().equals(name))
                .findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasParameter() {
        return this == QUANTILE_OVER_TIME;
    }

    /** Whether the outline of the samples is enough. */
    boolean takesOutline() {
        return switch (this) {
            case RATE, INCREASE, DELTA, MIN_OVER_TIME, MAX_OVER_TIME, LAST_OVER_TIME -> true;
            case IRATE, IDELTA, AVG_OVER_TIME, SUM_OVER_TIME, COUNT_OVER_TIME, STDDEV_OVER_TIME, QUANTILE_OVER_TIME ->
                false;
        };
    }

    /** Of the samples in (end - length, end], or nothing if there are too few. */
    OptionalDouble of(Track track, int from, int until, long endMillis, long lengthMillis, double parameter) {
        int size = until - from;
        if (size == 0) {
            return OptionalDouble.empty();
        }
        return switch (this) {
            case RATE -> {
                OptionalDouble growth = extrapolated(track, from, until, endMillis, lengthMillis, true);
                yield growth.isEmpty()
                        ? growth
                        : OptionalDouble.of(growth.getAsDouble() * 1_000 / (double) lengthMillis);
            }
            case INCREASE -> extrapolated(track, from, until, endMillis, lengthMillis, true);
            case DELTA -> extrapolated(track, from, until, endMillis, lengthMillis, false);
            case IRATE -> atLast(track, from, until, true);
            case IDELTA -> atLast(track, from, until, false);
            case LAST_OVER_TIME -> OptionalDouble.of(track.value(until - 1));
            case AVG_OVER_TIME -> OptionalDouble.of(over(Aggregator.AVG, track, from, until, 0));
            case MIN_OVER_TIME -> OptionalDouble.of(over(Aggregator.MIN, track, from, until, 0));
            case MAX_OVER_TIME -> OptionalDouble.of(over(Aggregator.MAX, track, from, until, 0));
            case SUM_OVER_TIME -> OptionalDouble.of(over(Aggregator.SUM, track, from, until, 0));
            case COUNT_OVER_TIME -> OptionalDouble.of(size);
            case STDDEV_OVER_TIME -> OptionalDouble.of(over(Aggregator.STDDEV, track, from, until, 0));
            case QUANTILE_OVER_TIME -> OptionalDouble.of(over(Aggregator.QUANTILE, track, from, until, parameter));
        };
    }

    private static double over(Aggregator aggregator, Track track, int from, int until, double parameter) {
        return aggregator.of(track.values(from, until), until - from, parameter);
    }

    private static OptionalDouble atLast(Track track, int from, int until, boolean rate) {
        if (until - from < 2) {
            return OptionalDouble.empty();
        }
        double last = track.value(until - 1);
        double before = track.value(until - 2);
        if (!rate) {
            return OptionalDouble.of(last - before);
        }
        double growth = last < before ? last : last - before;
        return OptionalDouble.of(growth * 1_000 / (double) (track.timeMillis(until - 1) - track.timeMillis(until - 2)));
    }

    /**
     * The growth over the whole range: that between the first and the last sample, stretched to the ends of the range
     * where they are no farther than samples usually are from each other, and else by half of that.
     *
     * @see <a href="https://github.com/prometheus/prometheus/blob/main/promql/functions.go">extrapolatedRate</a>
     */
    private static OptionalDouble extrapolated(
            Track track, int from, int until, long endMillis, long lengthMillis, boolean counter) {
        if (until - from < 2) {
            return OptionalDouble.empty();
        }
        double first = track.value(from);
        double growth = track.value(until - 1) - first;
        for (int i = from + 1; counter && i < until; i++) {
            growth += track.value(i) < track.value(i - 1) ? track.value(i - 1) : 0;
        }
        double sampled = track.timeMillis(until - 1) - track.timeMillis(from);
        double usual = sampled / (until - from - 1);
        double toStart = track.timeMillis(from) - (endMillis - lengthMillis);
        double toEnd = endMillis - track.timeMillis(until - 1);
        double beforeFirst = toStart >= usual * 1.1 ? usual / 2 : toStart;
        if (counter && growth > 0 && first >= 0) {
            // A counter was never below zero.
            beforeFirst = Math.min(beforeFirst, sampled * (first / growth));
        }
        double afterLast = toEnd >= usual * 1.1 ? usual / 2 : toEnd;
        return OptionalDouble.of(growth * (sampled + beforeFirst + afterLast) / sampled);
    }
}
