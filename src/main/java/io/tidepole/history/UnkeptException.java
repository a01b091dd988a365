package io.tidepole.history;

/** Readings could not be written; the message says why, for people. */
public final class UnkeptException extends Exception {
    private static final long serialVersionUID = 1L;

    UnkeptException(DiskState state) {
        super(state.reason(), null, false, false);
    }
}
