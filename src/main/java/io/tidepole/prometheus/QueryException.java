package io.tidepole.prometheus;

import java.util.Locale;

/** A question that cannot be answered, as Prometheus tells it. */
public final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Kinds of errors, with the HTTP status of each. */
    public enum Kind {
        BAD_DATA(400),
        EXECUTION(422),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }
    }

    public QueryException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    static QueryException badData(String message) {
        return new QueryException(Kind.BAD_DATA, message);
    }

    static QueryException execution(String message) {
        return new QueryException(Kind.EXECUTION, message);
    }

    int status() {
        return kind.status;
    }

    String type() {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
