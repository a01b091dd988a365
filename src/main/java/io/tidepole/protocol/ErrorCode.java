package io.tidepole.protocol;

import java.util.Locale;

/** Why a request was refused. None of these succeeds when it is sent again as it is. */
public enum ErrorCode {
    BAD_JSON,
    UNKNOWN_TYPE,
    BAD_REQUEST,
    BAD_SELECTOR,
    BAD_INTERVAL,
    BAD_STAT,
    BAD_TOPIC,
    BAD_BY,
    TOO_MANY_SUBSCRIPTIONS,
    TOO_MANY_SERIES,
    UNKNOWN_SUBSCRIPTION,
    NOT_AUTHENTICATED;

    /** The code on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
