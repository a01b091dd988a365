package io.tidepole.auth;

import io.vertx.ext.web.RoutingContext;

/** Who asks, as routes see it. */
public final class Rights {
    private static final String KEY = "tidepole.principal";
    private static final String ADDRESS = "tidepole.address";
    private static final String SECURE = "tidepole.secure";
    private static final String WAIT = "tidepole.wait";

    private Rights() {}

    /** Whoever was recognised before the route; {@link Principal#NOBODY} if nobody was. */
    public static Principal of(RoutingContext request) {
        return request.<Principal>get(KEY, Principal.NOBODY);
    }

    /** From which address, behind trusted proxies too. */
    public static String address(RoutingContext request) {
        return request.<String>get(ADDRESS, "");
    }

    /** Milliseconds for which what somebody shows is not looked at, as too much of it was wrong; 0 for none. */
    public static long waitMillis(RoutingContext request) {
        return request.<Long>get(WAIT, 0L);
    }

    /** Whether whoever asks speaks TLS, with us or with a trusted proxy. */
    static boolean isSecure(RoutingContext request) {
        return request.<Boolean>get(SECURE, false);
    }

    static void cameFrom(RoutingContext request, Front front) {
        request.put(ADDRESS, front.client(request.request()));
        request.put(SECURE, front.isSecure(request.request()));
    }

    static void setWait(RoutingContext request, long millis) {
        request.put(WAIT, millis);
    }

    static void set(RoutingContext request, Principal principal) {
        request.put(KEY, principal);
    }
}
