package io.tidepole.history;

/** More questions than are answered at a time; ask again in a moment. */
public final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BusyException(int limit) {
        super(limit + " questions are being answered; ask again in a moment");
    }
}
