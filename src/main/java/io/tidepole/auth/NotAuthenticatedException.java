package io.tidepole.auth;

/** Nobody was recognised. The message is for whoever asked, and holds no secret. */
public final class NotAuthenticatedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether the same may be tried again, later. */
    public final boolean retry;

    NotAuthenticatedException(String message, boolean retry) {
        super(message, null, false, false);
        this.retry = retry;
    }

    NotAuthenticatedException(String message) {
        this(message, false);
    }
}
