package io.tidepole.protocol;

/** Why a connection is closed: RFC 6455, section 7.4, the registry, and our own from 4000 on. */
public enum CloseCode {
    NORMAL(1000),
    GOING_AWAY(1001),
    PROTOCOL_ERROR(1002),
    UNSUPPORTED_DATA(1003),
    INVALID_DATA(1007),
    POLICY_VIOLATION(1008),
    TOO_BIG(1009),
    INTERNAL_ERROR(1011),
    SERVICE_RESTART(1012),
    TRY_AGAIN_LATER(1013),
    /** Nobody, or nobody any more. */
    NOT_AUTHENTICATED(4001),
    /** Known, and not allowed. */
    FORBIDDEN(4003),
    /** Took nothing for a minute. */
    TOO_SLOW(4008),
    /** Asked too often, again and again. */
    RATE_LIMITED(4029);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
