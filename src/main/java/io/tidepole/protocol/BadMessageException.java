package io.tidepole.protocol;

/** A message that cannot be understood: becomes an {@code error}, and the socket stays open. */
public final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String requestId;

    BadMessageException(ErrorCode code, String message, String requestId) {
        super(message, null, false, false);
        this.code = code;
        this.requestId = requestId;
    }

    /** The answer. */
    public ServerMessage.Failure answer() {
        return new ServerMessage.Failure(code, String.valueOf(getMessage()), requestId);
    }
}
