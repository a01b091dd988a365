package io.tidepole.ingest;

/** A whole request is refused, with an HTTP status. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    final int status;
    final String code;

    RefusedException(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
