package io.tidepole.auth;

import io.vertx.ext.web.RoutingContext;

/** Who asks, as routes see it. */
public final class Rights {
    private static final String KEY = "tidepole.principal";

    private Rights() {}

    /** Whoever was recognised before the route; {@link Principal#NOBODY} if nobody was. */
    public static Principal of(RoutingContext request) {
        return request.<Principal>get(KEY, Principal.NOBODY);
    }

    static void set(RoutingContext request, Principal principal) {
        request.put(KEY, principal);
    }
}
