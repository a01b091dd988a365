package io.tidepole.auth;

/** Nobody was recognised. The message is for whoever asked, and holds no secret. */
public final class NotAuthenticatedException extends Exception {
    private static final long serialVersionUID = 1L;

    private enum Kind {
        GUESS,
        OUTDATED,
        BUSY,
        WAITING
    }

    private final Kind kind;
    private final long waitMillis;

    private NotAuthenticatedException(Kind kind, String message, long waitMillis) {
        super(message, null, false, false);
        this.kind = kind;
        this.waitMillis = waitMillis;
    }

    /** What was shown is not known here. */
    NotAuthenticatedException(String message) {
        this(Kind.GUESS, message, 0);
    }

    /** Nothing was shown, or what was good once: no attempt at what one has no right to. */
    static NotAuthenticatedException outdated(String message) {
        return new NotAuthenticatedException(Kind.OUTDATED, message, 0);
    }

    /** It was not looked at, and may be tried again soon. */
    static NotAuthenticatedException busy(String message) {
        return new NotAuthenticatedException(Kind.BUSY, message, 0);
    }

    /** Too many tries from that address failed. */
    static NotAuthenticatedException waiting(long waitMillis) {
        return new NotAuthenticatedException(
                Kind.WAITING,
                "too many failed logins from here; try again in " + (waitMillis + 999) / 1_000 + " s",
                waitMillis);
    }

    /** Whether the same may be tried again, soon. */
    public boolean retry() {
        return kind == Kind.BUSY;
    }

    /** Milliseconds until another try is looked at, where too many failed; else 0. */
    public long waitMillis() {
        return waitMillis;
    }

    /** Whether somebody tried what may have been a guess. */
    boolean isGuess() {
        return kind == Kind.GUESS;
    }
}
