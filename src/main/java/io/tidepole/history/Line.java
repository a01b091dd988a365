package io.tidepole.history;

import java.util.Arrays;

/**
 * Chooses the points of a line that show its shape: MinMaxLTTB. The least and the greatest value of each of many narrow
 * buckets are chosen first, and among them, bucket by bucket, the one that spans the largest triangle with the point
 * chosen before and the mean of the next bucket. Stretches on both sides of a gap are lines of their own; a point
 * without a value stands in the gap.
 *
 * @see <a href="https://arxiv.org/abs/2305.00332">Van Der Donckt, Van Der Donckt, Rademaker, Van Hoecke: MinMaxLTTB,
 *     2023</a>
 */
final class Line {
    /** Points that are chosen first, for each that is left. */
    private static final int PRESELECTED = 4;
    /** Silence of more than so many times the usual distance of samples is a gap. */
    private static final double GAP = 2.5;
    /** Distances that are looked at to learn the usual one. */
    private static final int LEARNT_FROM = 10_000;

    private Line() {}

    static Run reduced(Run line, int points) {
        Run chosen = new Run();
        long gapMicros = gapMicros(line);
        int start = 0;
        for (int i = 1; i <= line.size(); i++) {
            if (i == line.size() || line.timeMicros(i) - line.timeMicros(i - 1) > gapMicros) {
                if (start > 0) {
                    chosen.add(line.timeMicros(start - 1) + 1_000, Double.NaN);
                }
                int share = (int) Math.ceil((double) points * (i - start) / line.size());
                stretch(line, start, i, Math.max(3, share), chosen);
                start = i;
            }
        }
        return chosen;
    }

    private static long gapMicros(Run line) {
        int every = Math.max(1, line.size() / LEARNT_FROM);
        long[] distances = new long[Math.max(0, (line.size() - 1 + every - 1) / every)];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = line.timeMicros(i * every + 1) - line.timeMicros(i * every);
        }
        Arrays.sort(distances);
        return distances.length == 0 ? Long.MAX_VALUE : (long) (GAP * distances[distances.length / 2]);
    }

    private static void stretch(Run line, int from, int until, int points, Run chosen) {
        if (until - from <= points) {
            for (int i = from; i < until; i++) {
                chosen.add(line.timeMicros(i), line.value(i));
            }
        } else {
            largestTriangles(extremes(line, from, until, points * PRESELECTED / 2), points, chosen);
        }
    }

    /** First and last sample, and between them the least and the greatest of each bucket. */
    private static Run extremes(Run line, int from, int until, int buckets) {
        Run chosen = new Run();
        chosen.add(line.timeMicros(from), line.value(from));
        for (int bucket = 0; bucket < buckets; bucket++) {
            int start = from + 1 + (int) ((long) (until - from - 2) * bucket / buckets);
            int end = from + 1 + (int) ((long) (until - from - 2) * (bucket + 1) / buckets);
            int least = start;
            int greatest = start;
            for (int i = start; i < end; i++) {
                least = line.value(i) < line.value(least) ? i : least;
                greatest = line.value(i) > line.value(greatest) ? i : greatest;
            }
            if (end > start) {
                int sooner = Math.min(least, greatest);
                int later = Math.max(least, greatest);
                chosen.add(line.timeMicros(sooner), line.value(sooner));
                if (later > sooner) {
                    chosen.add(line.timeMicros(later), line.value(later));
                }
            }
        }
        chosen.add(line.timeMicros(until - 1), line.value(until - 1));
        return chosen;
    }

    private static void largestTriangles(Run line, int points, Run chosen) {
        int inner = line.size() - 2;
        int buckets = points - 2;
        int before = 0;
        chosen.add(line.timeMicros(0), line.value(0));
        for (int bucket = 0; bucket < buckets; bucket++) {
            int start = 1 + (int) ((long) inner * bucket / buckets);
            int end = 1 + (int) ((long) inner * (bucket + 1) / buckets);
            int nextEnd = Math.min(line.size(), 1 + (int) ((long) inner * (bucket + 2) / buckets));
            if (end > start) {
                before = largest(line, before, start, end, Math.max(nextEnd, end + 1));
                chosen.add(line.timeMicros(before), line.value(before));
            }
        }
        chosen.add(line.timeMicros(line.size() - 1), line.value(line.size() - 1));
    }

    private static int largest(Run line, int before, int start, int end, int nextEnd) {
        double meanTime = 0;
        double meanValue = 0;
        for (int i = end; i < nextEnd; i++) {
            meanTime += (double) (line.timeMicros(i) - line.timeMicros(before)) / (nextEnd - end);
            meanValue += line.value(i) / (nextEnd - end);
        }
        int best = start;
        double bestArea = -1;
        for (int i = start; i < end; i++) {
            double area = Math.abs(meanTime * (line.value(i) - line.value(before))
                    - (line.timeMicros(i) - line.timeMicros(before)) * (meanValue - line.value(before)));
            if (area > bestArea) {
                bestArea = area;
                best = i;
            }
        }
        return best;
    }
}
