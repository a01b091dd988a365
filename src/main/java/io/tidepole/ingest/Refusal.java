package io.tidepole.ingest;

import java.util.Locale;

/** Why a reading was not taken. */
enum Refusal {
    BAD_JSON(false),
    BAD_LINE(false),
    BAD_PROTO(false),
    LINE_TOO_LONG(false),
    NO_DEVICE(false),
    BAD_DEVICE(false),
    NO_MEASURE(false),
    TOO_MANY_MEASURES(false),
    BAD_NAME(false),
    NUMBER_AS_TEXT(false),
    NESTED(false),
    NOT_FINITE(false),
    BAD_LABEL(false),
    TOO_MANY_LABELS(false),
    BAD_UNIT(false),
    BAD_TIMESTAMP(false),
    TIMESTAMP_AHEAD(false),
    TOO_OLD(false),
    FORBIDDEN(false),
    TOO_MANY_SERIES(false),
    RATE_LIMITED(true),
    OVERLOADED(true);

    private final boolean retry;

    Refusal(boolean retry) {
        this.retry = retry;
    }

    /** Whether the same reading may be taken later. */
    boolean retry() {
        return retry;
    }

    /** The code on the wire. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
