package io.tidepole.push;

import io.tidepole.window.Aggregate;

/**
 * What a bundle says, for those who could not take it. Immutable, shared by all loops.
 *
 * @param endMillis {@code t} of the update
 * @param newestMillis time of the newest reading
 * @param sequence of the last update message
 * @param windowed false if it holds single readings (interval 0)
 * @param slots places in the group's dictionary
 * @param aggregates one for each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; columns are arrays
record FrameData(
        long endMillis, long newestMillis, long sequence, boolean windowed, int[] slots, Aggregate[] aggregates) {
    static final FrameData NONE = new FrameData(0, 0, 0, true, new int[0], new Aggregate[0]);
}
