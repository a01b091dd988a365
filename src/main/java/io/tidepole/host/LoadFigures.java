package io.tidepole.host;

import java.io.IOException;

/**
 * The load averages, and with them what Linux tells in the same line. Not known is NaN.
 *
 * @param threads that exist, on the whole machine
 */
record LoadFigures(double oneMinute, double fiveMinutes, double fifteenMinutes, double threads) {
    /** From /proc/loadavg: {@code 0.08 0.19 0.10 1/84 7365}. */
    static LoadFigures parse(String loadavg) throws IOException {
        Words words = new Words(loadavg);
        double one = words.decimal();
        double five = words.decimal();
        double fifteen = words.decimal();
        String entities = words.next();
        double threads = new Words(entities, entities.indexOf('/') + 1).decimal();
        return new LoadFigures(one, five, fifteen, threads);
    }

    /** From three averages of which negative ones are not known. */
    static LoadFigures of(double[] averages, double threads) {
        return new LoadFigures(known(averages[0]), known(averages[1]), known(averages[2]), threads);
    }

    private static double known(double average) {
        return average < 0 ? Double.NaN : average;
    }
}
