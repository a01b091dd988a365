package io.tidepole.window;

/** When a reading counts. */
public final class EventTime {
    private static final long AHEAD_MICROS = 1_000_000;

    private EventTime() {}

    /**
     * The sender's time, unless it lies a second or more ahead of ours: then the time of receipt, as a fast clock would
     * otherwise hold a series in the future.
     */
    public static long effectiveMicros(long senderMicros, long receivedMicros) {
        return senderMicros - receivedMicros >= AHEAD_MICROS ? receivedMicros : senderMicros;
    }
}
