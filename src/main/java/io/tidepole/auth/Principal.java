package io.tidepole.auth;

import io.tidepole.metric.SeriesKey;

/**
 * Somebody who has proved who they are.
 *
 * @param id of the token or the session that proved it, never the secret itself; by it the proof can be withdrawn
 * @param name for people, and as {@code userId} on the wire
 * @param grant what they may do
 * @param expiresAtMillis when the proof ends, milliseconds since the epoch; {@link #NEVER} if it does not
 */
public record Principal(String id, String name, Grant grant, long expiresAtMillis) {
    /** The end of a proof that has none. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Everybody, where nobody has to say who they are. */
    public static final Principal ANYBODY = new Principal("", "", Grant.ALL, NEVER);

    /** Somebody who has proved nothing. */
    public static final Principal NOBODY = new Principal("", "", Grant.NONE, NEVER);

    /** Whether the series may be read, and so named. */
    public boolean mayRead(SeriesKey key) {
        return grant.read().test(key);
    }

    /** Whether readings of the device may be sent. */
    public boolean mayWrite(String device) {
        return grant.write().test(device);
    }

    /** Whether dashboards and annotations may be changed. */
    public boolean mayEdit() {
        return grant.edit();
    }

    /** Whether everything may be done. */
    public boolean isAdmin() {
        return grant.admin();
    }
}
