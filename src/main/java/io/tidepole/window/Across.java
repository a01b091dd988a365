package io.tidepole.window;

/**
 * Collects the aggregates that several series have of one window, and makes one of them. Count, sum, min, max and
 * quantiles are those of all readings; first and last are the earliest and the newest reading of any series; increases
 * add up, and so do rates.
 *
 * <p>Not safe for use by more than one thread.
 */
public final class Across {
    private long count;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private long firstMicros = Long.MAX_VALUE;
    private double first;
    private long lastMicros = Long.MIN_VALUE;
    private double last;
    private double increase;
    private double perMicro;
    private long longestMicros;
    private final Distribution.Collector values = new Distribution.Collector();

    /** Adds one series' aggregate of the window. */
    public void add(Aggregate member) {
        count += member.count();
        min = Math.min(min, member.min());
        max = Math.max(max, member.max());
        sum += member.sum();
        if (member.firstMicros() < firstMicros) {
            firstMicros = member.firstMicros();
            first = member.first();
        }
        if (member.lastMicros() > lastMicros) {
            lastMicros = member.lastMicros();
            last = member.last();
        }
        long spanMicros = member.lastMicros() - member.sinceMicros();
        if (spanMicros > 0) {
            increase += member.increase();
            perMicro += member.increase() / (double) spanMicros;
            longestMicros = Math.max(longestMicros, spanMicros);
        }
        values.add(member.distribution());
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The aggregate of all that were added; throws IllegalStateException if there were none. */
    public Aggregate aggregate() {
        if (isEmpty()) {
            throw new IllegalStateException("an aggregate has at least one reading");
        }
        return new Aggregate(
                count,
                min,
                max,
                sum,
                firstMicros,
                first,
                lastMicros,
                last,
                sinceMicros(),
                increase,
                values.collected());
    }

    /**
     * Such that increase over time is the sum of the rates: series are not read at the same moments, and the time from
     * the earliest to the newest of all would make the rate too small. Where no rate is known it lies after the last.
     */
    private long sinceMicros() {
        if (longestMicros == 0) {
            return lastMicros + 1;
        }
        return lastMicros - (perMicro > 0 ? Math.max(1, Math.round(increase / perMicro)) : longestMicros);
    }
}
