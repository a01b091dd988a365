package io.tidepole.protocol;

import java.util.Locale;

/** Why a request was refused; each says whether the same request may succeed later. */
public enum ErrorCode {
    BAD_JSON(false),
    UNKNOWN_TYPE(false),
    BAD_REQUEST(false),
    BAD_SELECTOR(false),
    BAD_INTERVAL(false),
    BAD_STAT(false),
    TOO_MANY_SUBSCRIPTIONS(false),
    TOO_MANY_SERIES(false),
    UNKNOWN_SUBSCRIPTION(false),
    OVERLOADED(true);

    private final boolean retry;

    ErrorCode(boolean retry) {
        this.retry = retry;
    }

    public boolean retry() {
        return retry;
    }

    /** The code on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
