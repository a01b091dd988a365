package io.tidepole.push;

/** How a loop delivers, by how long the encoder's bundles have waited for it. */
enum Pace {
    /** In time: each socket is written to as the bundle comes. */
    AT_ONCE,
    /** Others may be waiting behind this one: what one turn has for a socket goes out in one write. */
    JOINED,
    /** So late that sessions skip, and catch up later. */
    SKIP;

    private static final long JOIN_NANOS = 4_000_000;
    private static final long SKIP_NANOS = 500_000_000;

    static Pace of(long waitedNanos) {
        if (waitedNanos > SKIP_NANOS) {
            return SKIP;
        }
        return waitedNanos > JOIN_NANOS ? JOINED : AT_ONCE;
    }
}
