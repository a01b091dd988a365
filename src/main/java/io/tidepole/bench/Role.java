package io.tidepole.bench;

/** How a viewer behaves once it is subscribed. */
enum Role {
    /** Reads all it gets; is counted. */
    READER,
    /** The same, and each message is inflated, parsed, checked and timed. */
    CHECKED,
    /** Never reads. */
    STALLED,
    /** Reads a few bytes now and then. */
    SLOW,
    /** Stops reading for a while; is checked all along. */
    PAUSING;

    boolean keepsUp() {
        return this == READER || this == CHECKED;
    }

    boolean checks() {
        return this == CHECKED || this == PAUSING;
    }
}
