package io.tidepole.metric;

/** A selector that cannot be read; the message names the column. */
public final class SelectorSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    SelectorSyntaxException(String problem, int column) {
        super(problem + " at column " + column);
    }
}
