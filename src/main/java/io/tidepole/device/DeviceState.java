package io.tidepole.device;

import java.util.Locale;

/** Whether a device is heard of as often as it used to be. */
public enum DeviceState {
    LIVE,
    /** Silent for longer than its cadence explains. */
    STALE,
    /** Silent for much longer, or it said goodbye. */
    OFFLINE;

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
