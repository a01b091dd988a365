package io.tidepole.window;

import java.util.Arrays;

/** The lengths that a window may have. All but the shortest ones divide each other, so that windows nest. */
public final class Interval {
    /** Every reading as it comes: no window at all. */
    public static final int EVERY_READING = 0;

    /** Windows of this length are always kept; longer ones, and finer ones, while someone watches them. */
    public static final int BASE_MILLIS = 1_000;

    private static final int[] ALL = {100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000};
    private static final int[] DIVISORS_OF_A_DAY = {2, 3, 5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 720, 1_440};
    private static final long DAY_MILLIS = 86_400_000;
    /** As many as an int has room for. */
    private static final long MOST_DAYS = 24;

    private Interval() {}

    /** Whether a viewer may ask for it: one of the list, or 0. */
    public static boolean isAllowed(long millis) {
        return millis == EVERY_READING || Arrays.stream(ALL).anyMatch(allowed -> allowed == millis);
    }

    /**
     * The finest length from a second on that needs at most so many windows for a span: one of the list, then one of
     * those that divide a day, then whole days. Long ones are whole minutes or hours, as long histories are kept.
     */
    public static int finestFor(long spanMillis, int points) {
        for (int millis : ALL) {
            if (millis >= BASE_MILLIS && spanMillis / millis <= points) {
                return millis;
            }
        }
        for (int minutes : DIVISORS_OF_A_DAY) {
            if (spanMillis / (minutes * 60_000L) <= points) {
                return minutes * 60_000;
            }
        }
        return Math.toIntExact(Math.min(MOST_DAYS, spanMillis / (DAY_MILLIS * points) + 1) * DAY_MILLIS);
    }

    /** The end of the half-open window [end - length, end) that holds a time; windows are aligned to the epoch. */
    public static long windowEnd(long timeMillis, int lengthMillis) {
        return Math.floorDiv(timeMillis, lengthMillis) * lengthMillis + lengthMillis;
    }
}
