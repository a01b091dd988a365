package io.tidepole.history;

/** Nobody waits for the answer any more. */
public final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("the asker has gone");
    }
}
