package io.tidepole.bench;

/** The command line cannot be obeyed; the message is for the person who wrote it. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
