package io.tidepole.prometheus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How series are taken together. */
enum Aggregator {
    SUM,
    AVG,
    MIN,
    MAX,
    COUNT,
    GROUP,
    STDDEV,
    QUANTILE,
    TOPK,
    BOTTOMK;

    static Optional<Aggregator> byName(String name) {
        return Arrays.stream(values())
                .filter(aggregator -> aggregator.text().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasParameter() {
        return this == QUANTILE || isChoice();
    }

    /** Whether it chooses series rather than computes a new one. */
    boolean isChoice() {
        return this == TOPK || this == BOTTOMK;
    }

    /** Of the first {@code size} values, at least one; the order of them may be changed. */
    double of(double[] values, int size, double parameter) {
        return switch (this) {
            case SUM -> sum(values, size);
            case AVG -> sum(values, size) / size;
            case MIN -> Arrays.stream(values, 0, size).min().orElse(Double.NaN);
            case MAX -> Arrays.stream(values, 0, size).max().orElse(Double.NaN);
            case COUNT -> size;
            case GROUP -> 1;
            case STDDEV -> deviation(values, size);
            case QUANTILE -> quantile(parameter, values, size);
            case TOPK, BOTTOMK -> throw new IllegalStateException(this + " chooses");
        };
    }

    private static double sum(double[] values, int size) {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += values[i];
        }
        return sum;
    }

    private static double deviation(double[] values, int size) {
        double mean = sum(values, size) / size;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / size);
    }

    /** Between the two values nearest to the rank, as Prometheus does; infinite for shares outside 0 to 1. */
    static double quantile(double share, double[] values, int size) {
        if (size == 0 || Double.isNaN(share)) {
            return Double.NaN;
        }
        if (share < 0 || share > 1) {
            return share < 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        Arrays.sort(values, 0, size);
        double rank = share * (size - 1);
        int lower = (int) Math.floor(rank);
        int upper = Math.min(size - 1, lower + 1);
        double weight = rank - lower;
        return values[lower] * (1 - weight) + values[upper] * weight;
    }
}
