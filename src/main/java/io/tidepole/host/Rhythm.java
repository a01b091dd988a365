package io.tidepole.host;

/**
 * When a probe is due: at a fixed place in each period of the wall clock.
 *
 * @param periodMillis from one beat to the next
 * @param offsetMillis of the beats from the multiples of the period
 */
record Rhythm(long periodMillis, long offsetMillis) {
    Rhythm {
        if (periodMillis <= 0 || offsetMillis < 0) {
            throw new IllegalArgumentException("a period is positive and an offset is not negative");
        }
    }

    /**
     * Beats at three quarters of each interval: well inside its window, and fresh when the window closes.
     *
     * @param intervalMillis of the windows
     */
    static Rhythm inWindowsOf(long intervalMillis) {
        return new Rhythm(intervalMillis, intervalMillis * 3 / 4);
    }

    /**
     * The same place in the window, once in a longer period.
     *
     * @param longerMillis the period; not used if it is shorter than this one
     * @param turn which of the windows of a period, so that dear probes do not all come at once
     */
    Rhythm every(long longerMillis, int turn) {
        return longerMillis <= periodMillis ? this : new Rhythm(longerMillis, offsetMillis + turn * periodMillis);
    }

    /**
     * The next beat that is at least half a period away: who comes late skips what was missed, and who comes a little
     * early is not called again for the same beat.
     */
    long nextAfter(long nowMillis) {
        long earliest = nowMillis + periodMillis / 2;
        long past = Math.floorMod(earliest - offsetMillis, periodMillis);
        return past == 0 ? earliest : earliest - past + periodMillis;
    }
}
