package io.tidepole.ingest;

/** A whole request is refused, with an HTTP status. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;
    /** When to come again; 0 if that is not said. */
    final long retryAfterMillis;

    RefusedException(int status, String code, String message) {
        this(status, code, message, 0);
    }

    RefusedException(int status, String code, String message, long retryAfterMillis) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfterMillis = retryAfterMillis;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
