package io.tidepole.history;

/** A question whose answer would be too large; the message says what to ask for instead. */
public final class TooMuchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMuchException(String message) {
        super(message);
    }
}
