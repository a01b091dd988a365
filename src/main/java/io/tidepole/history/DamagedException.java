package io.tidepole.history;

/** Bytes that are not what was written. */
final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(String problem) {
        super(problem);
    }
}
