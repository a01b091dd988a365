package io.tidepole.history;

/**
 * Values, bit by bit as they were.
 *
 * <p>What sensors send are decimals: where all values of a column are whole numbers over one power of ten, these whole
 * numbers are coded. Otherwise each value is coded by the bits in which it differs from the one before, as Gorilla does.
 *
 * @see <a href="https://doi.org/10.1145/3626717">Afroozeh et al.: ALP, Adaptive Lossless Floating-Point, 2023</a>
 * @see <a href="https://www.vldb.org/pvldb/vol8/p1816-teller.pdf">Pelkonen et al.: Gorilla, 2015</a>
 */
final class DoubleColumn {
    /** Beyond it whole numbers have gaps between them. */
    private static final double MAX_WHOLE = 0x1p53;
    /** Each of these is exact, and so a quotient by one is rounded once. */
    private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14
    };
    /** Stands where the power of ten would, for a column that has none. */
    private static final int NO_POWER = 15;

    private DoubleColumn() {}

    static void write(BitWriter out, double[] values, int size) {
        int power = power(values, size);
        out.put(power, 4);
        if (power == NO_POWER) {
            writeBits(out, values, size);
            return;
        }
        long[] wholes = new long[size];
        for (int i = 0; i < size; i++) {
            wholes[i] = Math.round(values[i] * POWERS[power]);
        }
        LongColumn.write(out, wholes, size);
    }

    static double[] read(BitReader in, int size) {
        int power = (int) in.get(4);
        if (power == NO_POWER) {
            return readBits(in, size);
        }
        long[] wholes = LongColumn.read(in, size);
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
            values[i] = (double) wholes[i] / POWERS[power];
        }
        return values;
    }

    /** The least power of ten that makes whole numbers of all values. */
    private static int power(double[] values, int size) {
        int power = 0;
        for (int i = 0; i < size; i++) {
            while (power < NO_POWER && !isWhole(values[i], power)) {
                power++;
            }
        }
        for (int i = 0; i < size && power < NO_POWER; i++) {
            if (!isWhole(values[i], power)) {
                return NO_POWER;
            }
        }
        return power;
    }

    private static boolean isWhole(double value, int power) {
        double scaled = value * POWERS[power];
        if (!(Math.abs(scaled) <= MAX_WHOLE)) {
            return false;
        }
        double back = (double) Math.round(scaled) / POWERS[power];
        return Double.doubleToRawLongBits(back) == Double.doubleToRawLongBits(value);
    }

    private static void writeBits(BitWriter out, double[] values, int size) {
        long before = 0;
        int leading = 64;
        int trailing = 0;
        for (int i = 0; i < size; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            long changed = bits ^ before;
            before = bits;
            if (changed == 0) {
                out.put(0, 1);
                continue;
            }
            int zerosBefore = Long.numberOfLeadingZeros(changed);
            int zerosAfter = Long.numberOfTrailingZeros(changed);
            if (zerosBefore >= leading && zerosAfter >= trailing) {
                out.put(0b10, 2);
            } else {
                leading = zerosBefore;
                trailing = zerosAfter;
                out.put(0b11, 2);
                out.put(leading, 6);
                out.put(63 - leading - trailing, 6);
            }
            out.put(changed >>> trailing, 64 - leading - trailing);
        }
    }

    private static double[] readBits(BitReader in, int size) {
        double[] values = new double[size];
        long bits = 0;
        int trailing = 0;
        int width = 0;
        for (int i = 0; i < size; i++) {
            if (in.get(1) == 1) {
                if (in.get(1) == 1) {
                    int leading = (int) in.get(6);
                    width = (int) in.get(6) + 1;
                    trailing = 64 - leading - width;
                    if (trailing < 0) {
                        throw new DamagedException("more than 64 bits");
                    }
                }
                bits ^= in.get(width) << trailing;
            }
            values[i] = Double.longBitsToDouble(bits);
        }
        return values;
    }
}
