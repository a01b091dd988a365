package io.tidepole.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;

/** The cookies that we set: for no script to read, and not sent along by other sites' pages. */
final class Cookies {
    /** Browsers keep none longer. */
    private static final long MOST_SECONDS = 400 * 86_400L;

    private Cookies() {}

    static void set(RoutingContext routing, String token, long expiresAtMillis) {
        long seconds = expiresAtMillis == Principal.NEVER
                ? MOST_SECONDS
                : Math.max(1, Math.min(MOST_SECONDS, (expiresAtMillis - System.currentTimeMillis()) / 1_000));
        put(routing, name(routing), token, seconds);
    }

    static void clear(RoutingContext routing) {
        put(routing, name(routing), "", 0);
    }

    static void put(RoutingContext routing, String name, String value, long seconds) {
        routing.response()
                .addCookie(Cookie.cookie(name, value)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(isSecure(routing))
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(seconds));
    }

    private static String name(RoutingContext routing) {
        return isSecure(routing) ? Credentials.SECURE_COOKIE : Credentials.COOKIE;
    }

    static boolean isSecure(RoutingContext routing) {
        return Rights.isSecure(routing);
    }
}
