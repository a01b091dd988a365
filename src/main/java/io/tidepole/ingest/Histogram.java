package io.tidepole.ingest;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A histogram as OTLP sends it, with explicit or with exponential buckets (opentelemetry-proto, metrics/v1). A quantile
 * is interpolated within its bucket, so that it is as exact as the buckets are fine.
 */
final class Histogram {
    private double[] bounds = new double[0];
    private long[] counts = new long[0];
    private boolean exponential;
    private int scale;
    private int offset;
    private int negativeOffset;
    private long[] negative = new long[0];
    private long zeros;
    private OptionalDouble min = OptionalDouble.empty();
    private OptionalDouble max = OptionalDouble.empty();

    /** Upper bounds of all buckets but the last one, which has none. */
    void bounds(double[] upperBounds) {
        bounds = upperBounds;
    }

    void counts(long[] bucketCounts) {
        counts = bucketCounts;
    }

    /** The base of the buckets is 2 to the power of 2 to the power of minus this. */
    void scale(int newScale) {
        exponential = true;
        scale = newScale;
    }

    void zeros(long count) {
        zeros = count;
    }

    void positive(int firstBucket, long[] bucketCounts) {
        exponential = true;
        offset = firstBucket;
        counts = bucketCounts;
    }

    void negative(int firstBucket, long[] bucketCounts) {
        exponential = true;
        negativeOffset = firstBucket;
        negative = bucketCounts;
    }

    void min(double value) {
        min = OptionalDouble.of(value);
    }

    void max(double value) {
        max = OptionalDouble.of(value);
    }

    OptionalDouble min() {
        return min;
    }

    OptionalDouble max() {
        return max;
    }

    /** Nothing if there are no buckets, or nothing in them. */
    OptionalDouble quantile(double share) {
        double total = zeros + (double) sum(counts) + sum(negative);
        if (total <= 0 || (!exponential && counts.length != bounds.length + 1)) {
            return OptionalDouble.empty();
        }
        double rank = share * total;
        double found = exponential ? ofExponential(rank) : ofExplicit(rank);
        double atLeast = Math.max(found, min.orElse(Double.NEGATIVE_INFINITY));
        double within = Math.min(atLeast, max.orElse(Double.POSITIVE_INFINITY));
        return Double.isFinite(within) ? OptionalDouble.of(within) : OptionalDouble.empty();
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).filter(count -> count > 0).sum();
    }

    private double ofExplicit(double rank) {
        double below = 0;
        for (int i = 0; i < counts.length; i++) {
            double inside = Math.max(0, counts[i]);
            if (inside > 0 && below + inside >= rank) {
                double low = i == 0 ? min.orElse(Math.min(0, bounds.length > 0 ? bounds[0] : 0)) : bounds[i - 1];
                double high = i == bounds.length ? max.orElse(low) : bounds[i];
                return low + (high - low) * (rank - below) / inside;
            }
            below += inside;
        }
        return bounds.length == 0 ? max.orElse(Double.NaN) : bounds[bounds.length - 1];
    }

    private double ofExponential(double rank) {
        double below = 0;
        for (int i = negative.length - 1; i >= 0; i--) {
            double inside = Math.max(0, negative[i]);
            if (inside > 0 && below + inside >= rank) {
                return -between((double) negativeOffset + i, 1 - (rank - below) / inside);
            }
            below += inside;
        }
        below += zeros;
        if (zeros > 0 && below >= rank) {
            return 0;
        }
        for (int i = 0; i < counts.length; i++) {
            double inside = Math.max(0, counts[i]);
            if (inside > 0 && below + inside >= rank) {
                return between((double) offset + i, (rank - below) / inside);
            }
            below += inside;
        }
        return max.orElse(Double.NaN);
    }

    /** A value in the bucket (base^index, base^(index+1)]. */
    private double between(double index, double share) {
        return Math.pow(2, Math.scalb(index + share, -scale));
    }
}
