package io.tidepole.device;

/**
 * When silence means something. A device is stale after 2.5 times its cadence and at least 5 s, and offline after 10
 * times and at least a minute. One whose cadence is not known yet gets a minute, and ten.
 */
final class Liveness {
    private static final long LEAST_STALE_MICROS = 5_000_000;
    private static final long LEAST_OFFLINE_MICROS = 60_000_000;
    private static final long UNKNOWN_STALE_MICROS = 60_000_000;
    private static final long UNKNOWN_OFFLINE_MICROS = 600_000_000;

    private Liveness() {}

    /** The state after a silence; a cadence of 0 is not known. */
    static DeviceState after(long silenceMicros, long cadenceMicros) {
        boolean known = cadenceMicros > 0;
        long stale = known ? Math.max(LEAST_STALE_MICROS, cadenceMicros * 5 / 2) : UNKNOWN_STALE_MICROS;
        long offline = known ? Math.max(LEAST_OFFLINE_MICROS, cadenceMicros * 10) : UNKNOWN_OFFLINE_MICROS;
        if (silenceMicros <= stale) {
            return DeviceState.LIVE;
        }
        return silenceMicros <= offline ? DeviceState.STALE : DeviceState.OFFLINE;
    }
}
