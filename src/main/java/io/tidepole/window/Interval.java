package io.tidepole.window;

import java.util.Arrays;

/** The lengths that a window may have. All but the shortest ones divide each other, so that windows nest. */
public final class Interval {
    /** Every reading as it comes: no window at all. */
    public static final int EVERY_READING = 0;

    /** Windows of this length are always kept; longer ones, and finer ones, while someone watches them. */
    public static final int BASE_MILLIS = 1_000;

    private static final int[] ALL = {100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000};

    private Interval() {}

    /** Whether a viewer may ask for it: one of the list, or 0. */
    public static boolean isAllowed(long millis) {
        return millis == EVERY_READING || Arrays.stream(ALL).anyMatch(allowed -> allowed == millis);
    }

    /** The finest length from a second on that needs at most so many windows for a span; past the list, whole minutes. */
    public static long finestFor(long spanMillis, int points) {
        for (int millis : ALL) {
            if (millis >= BASE_MILLIS && spanMillis / millis <= points) {
                return millis;
            }
        }
        return (spanMillis / (60_000L * points) + 1) * 60_000;
    }

    /** The end of the half-open window [end - length, end) that holds a time; windows are aligned to the epoch. */
    public static long windowEnd(long timeMillis, int lengthMillis) {
        return Math.floorDiv(timeMillis, lengthMillis) * lengthMillis + lengthMillis;
    }
}
