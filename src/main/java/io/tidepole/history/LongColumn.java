package io.tidepole.history;

import java.util.Arrays;

/**
 * Whole numbers, each as the difference from what the ones before it foretell, in Rice codes.
 *
 * <p>Of three predictors the shortest is taken: a constant, the value before (differences), or the two before it
 * (differences of differences, as Gorilla has them for times). A difference d becomes u = zigzag(d); u &gt;&gt;&gt; k in
 * unary, and the k lowest bits as they are. Arithmetic wraps around, so that every long can be coded.
 *
 * @see <a href="https://www.vldb.org/pvldb/vol8/p1816-teller.pdf">Pelkonen et al.: Gorilla, 2015</a>
 * @see <a href="https://doi.org/10.1109/TCOM.1971.1090789">Rice, Plaunt: Adaptive Variable-Length Coding, 1971</a>
 */
final class LongColumn {
    /** A unary part as long as this stands for a difference that follows in 64 bits. */
    private static final int ESCAPE = 24;

    private static final int ORDERS = 3;

    private LongColumn() {}

    static void write(BitWriter out, long[] values, int size) {
        long[] best = new long[0];
        int bestOrder = 0;
        int bestShift = 0;
        long bestBits = Long.MAX_VALUE;
        for (int order = 0; order < ORDERS && order <= size; order++) {
            long[] folded = residues(values, size, order);
            int shift = shift(folded);
            long bits = bits(folded, shift);
            if (bits < bestBits) {
                best = folded;
                bestOrder = order;
                bestShift = shift;
                bestBits = bits;
            }
        }
        out.put(bestOrder, 2);
        out.put(bestShift, 6);
        seeds(out, values, size, bestOrder);
        for (long folded : best) {
            put(out, folded, bestShift);
        }
    }

    private static void seeds(BitWriter out, long[] values, int size, int order) {
        out.putNumber(order == 0 ? middle(values, size) : values[0]);
        if (order == 2) {
            out.putNumber(values[1] - values[0]);
        }
    }

    private static long middle(long[] values, int size) {
        if (size == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted[size / 2];
    }

    private static long[] residues(long[] values, int size, int order) {
        long[] folded = new long[size - order];
        long middle = order == 0 ? middle(values, size) : 0;
        for (int i = order; i < size; i++) {
            long foretold =
                    switch (order) {
                        case 0 -> middle;
                        case 1 -> values[i - 1];
                        default -> 2 * values[i - 1] - values[i - 2];
                    };
            folded[i - order] = ZigZag.fold(values[i] - foretold);
        }
        return folded;
    }

    /** The number of low bits that costs least, near the one that the mean suggests. */
    private static int shift(long[] folded) {
        double sum = 0;
        for (long each : folded) {
            sum += each < 0 ? 0x1p64 : (double) each;
        }
        int guess = folded.length == 0 ? 0 : Math.getExponent(1 + sum / folded.length);
        int best = Math.min(63, Math.max(0, guess));
        for (int shift = Math.max(0, best - 3); shift < Math.min(63, guess + 1); shift++) {
            best = bits(folded, shift) < bits(folded, best) ? shift : best;
        }
        return best;
    }

    private static long bits(long[] folded, int shift) {
        long bits = 0;
        for (long each : folded) {
            long unary = each >>> shift;
            bits += unary < ESCAPE ? unary + 1 + shift : ESCAPE + 64;
        }
        return bits;
    }

    private static void put(BitWriter out, long folded, int shift) {
        long unary = folded >>> shift;
        if (unary < ESCAPE) {
            out.put((1L << (unary + 1)) - 2, (int) unary + 1);
            out.put(folded, shift);
        } else {
            out.put(-1, ESCAPE);
            out.put(folded, 64);
        }
    }

    static long[] read(BitReader in, int size) {
        int order = (int) in.get(2);
        int shift = (int) in.get(6);
        if (order > Math.min(2, size)) {
            throw new DamagedException("an order of " + order);
        }
        long seed = in.getNumber();
        long slope = order == 2 ? in.getNumber() : 0;
        long[] values = new long[size];
        if (order > 0) {
            values[0] = seed;
        }
        if (order == 2) {
            values[1] = seed + slope;
        }
        for (int i = order; i < size; i++) {
            long residue = ZigZag.unfold(get(in, shift));
            values[i] = residue
                    + switch (order) {
                        case 0 -> seed;
                        case 1 -> values[i - 1];
                        default -> 2 * values[i - 1] - values[i - 2];
                    };
        }
        return values;
    }

    private static long get(BitReader in, int shift) {
        int unary = in.getOnes(ESCAPE);
        return unary == ESCAPE ? in.get(64) : ((long) unary << shift) | in.get(shift);
    }
}
