package io.tidepole.prometheus;

/**
 * The times that are asked for.
 *
 * @param startMillis the first
 * @param stepMillis the distance of the others
 * @param times how many there are
 * @param lookbackMillis how old a sample may be that counts for a time
 */
record Grid(long startMillis, long stepMillis, int times, long lookbackMillis) {
    /** Times of one answer, as Prometheus has it. */
    static final int MAX_TIMES = 11_000;

    static final long LOOKBACK_MILLIS = 300_000;

    static Grid at(long timeMillis, long lookbackMillis) {
        return new Grid(timeMillis, 1, 1, lookbackMillis);
    }

    static Grid range(long startMillis, long endMillis, long stepMillis, long lookbackMillis) {
        if (endMillis < startMillis) {
            throw QueryException.badData("invalid parameter \"end\": end timestamp must not be before start timestamp");
        }
        if (stepMillis <= 0) {
            throw QueryException.badData(
                    "invalid parameter \"step\": zero or negative query resolution step widths are not accepted."
                            + " Try a positive integer");
        }
        if ((endMillis - startMillis) / stepMillis > MAX_TIMES) {
            throw QueryException.badData("exceeded maximum resolution of 11,000 points per timeseries."
                    + " Try decreasing the query resolution (?step=XX)");
        }
        return new Grid(startMillis, stepMillis, (int) ((endMillis - startMillis) / stepMillis) + 1, lookbackMillis);
    }

    long timeMillis(int index) {
        return startMillis + index * stepMillis;
    }

    long endMillis() {
        return timeMillis(times - 1);
    }
}
