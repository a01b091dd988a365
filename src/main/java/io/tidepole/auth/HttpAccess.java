package io.tidepole.auth;

import io.tidepole.protocol.JsonBytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands before all routes: turns pages of strangers away, finds out who asks, and lets nobody pass whom it does not know,
 * but to what is open to all. What may be read is for the route: see {@link Rights}.
 */
public final class HttpAccess {
    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final String SELF = "/api/v1/me";

    /** Says nothing of any series, or asks by itself. */
    private static final Set<String> OPEN = Set.of(
            "/favicon.ico",
            "/sw.js",
            "/manifest.webmanifest",
            "/login",
            "/ws",
            "/ingest",
            "/mqtt",
            "/echo",
            "/ping",
            "/embed",
            SELF);

    private static final Set<String> OPEN_FOLDERS = Set.of("/v/", "/health/", "/auth/", "/embed/");
    /** They refuse in the words of their own protocols. */
    private static final Set<String> DOORS =
            Set.of("/api/v1/readings", "/write", "/api/v2/write", "/api/v1/write", "/v1/metrics");

    /** Queries may come by POST there, and change nothing. */
    private static final String QUESTIONS = "/prometheus/";

    private static final String SETTINGS = "/api/v1/config";
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, Content-Encoding, Last-Event-ID, If-None-Match, If-Match";

    private final Authenticator authenticator;
    private final Origins origins;
    private final Front front;

    public HttpAccess(Authenticator authenticator, Origins origins, Front front) {
        this.authenticator = authenticator;
        this.origins = origins;
        this.front = front;
    }

    /** Adds itself; mount it before everything that it guards. */
    public void mount(Router router) {
        router.route().handler(this::enter);
    }

    private void enter(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        Rights.cameFrom(routing, front);
        if (Rights.isSecure(routing)) {
            routing.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean safe = SAFE.contains(request.method())
                && !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE));
        boolean welcome = origins.allows(origin, host(request));
        if (!welcome && !safe) {
            refuse(routing, 403, "foreign_origin", "pages of this Origin may not do this");
            return;
        }
        if (origin != null && origins.isNamed(origin)) {
            allow(routing, origin);
            if (request.method().equals(HttpMethod.OPTIONS)) {
                routing.response().setStatusCode(204).end();
                return;
            }
        }
        if (isOpen(routing) && !asksWho(routing)) {
            routing.next();
            return;
        }
        boolean cookies = safe ? welcome && !isFromElsewhere(request) : origin != null;
        Credentials shown = Credentials.of(request::getHeader, request.uri(), cookies)
                .from(Rights.address(routing), authenticator.certified(request.sslSession()));
        Future<Principal> answer = authenticator.authenticate(shown);
        if (answer.isComplete()) {
            decide(routing, shown, answer);
        } else {
            request.pause();
            answer.onComplete(done -> routing.vertx().getOrCreateContext().runOnContext(turn -> {
                decide(routing, shown, answer);
                request.resume();
            }));
        }
    }

    /** HTTP/2 has an authority in place of Host. */
    static @Nullable String host(HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        return host == null && request.authority() != null ? request.authority().toString() : host;
    }

    /** Another site's page asks for data, which is no following of a link (Fetch Metadata). */
    private static boolean isFromElsewhere(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null
                && !site.equals("same-origin")
                && !site.equals("none")
                && !"navigate".equals(request.getHeader("Sec-Fetch-Mode"));
    }

    /** No credentials: a page of another address shows a token, never our cookie. */
    private static void allow(RoutingContext routing, String origin) {
        routing.response()
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                .putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "Retry-After, ETag")
                .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "600")
                .putHeader(HttpHeaders.VARY, "Origin");
    }

    private void decide(RoutingContext routing, Credentials shown, Future<Principal> answer) {
        if (answer.succeeded()) {
            Rights.set(routing, answer.result());
            if (!mayPass(routing, answer.result())) {
                refuse(routing, 403, "forbidden", "you may not do this");
            } else if (isPage(routing) && hasTokenInQuery(routing.request())) {
                keepInCookie(routing, shown, answer.result());
            } else {
                routing.next();
            }
        } else if (waitMillis(answer.cause()) > 0 && !(isPage(routing) && isCookie(routing.request()))) {
            refuseGuesser(routing, waitMillis(answer.cause()));
        } else if (isOpen(routing)) {
            routing.next();
        } else if (isPage(routing)) {
            routing.redirect(
                    "/login?next=" + URLEncoder.encode(withoutToken(routing.request()), StandardCharsets.UTF_8));
        } else {
            refuseStranger(routing, answer.cause());
        }
    }

    /** To change something one needs the right to edit, and to see anything a right to read; more is for the routes. */
    private static boolean mayPass(RoutingContext routing, Principal principal) {
        if (isOpen(routing) || isPage(routing)) {
            return true;
        }
        if (routing.normalizedPath().equals(SETTINGS)) {
            return principal.isAdmin();
        }
        boolean asks = SAFE.contains(routing.request().method())
                || routing.normalizedPath().startsWith(QUESTIONS);
        return asks ? !principal.grant().read().isEmpty() : principal.mayEdit();
    }

    private static long waitMillis(Throwable cause) {
        return cause instanceof NotAuthenticatedException known ? known.waitMillis() : 0;
    }

    /** A browser whose login is over may come to the login page all the same. */
    private static boolean isCookie(HttpServerRequest request) {
        return !request.headers().contains(HttpHeaders.AUTHORIZATION) && !hasTokenInQuery(request);
    }

    private static void refuseGuesser(RoutingContext routing, long waitMillis) {
        if (DOORS.contains(routing.normalizedPath())) {
            Rights.setWait(routing, waitMillis);
            routing.next();
            return;
        }
        routing.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString((waitMillis + 999) / 1_000));
        refuse(routing, 429, "rate_limited", "too many failed logins from here");
    }

    private static void refuseStranger(RoutingContext routing, Throwable cause) {
        boolean retry = cause instanceof NotAuthenticatedException known && known.retry();
        String reason = cause instanceof NotAuthenticatedException ? String.valueOf(cause.getMessage()) : "try later";
        if (retry) {
            routing.response().putHeader(HttpHeaders.RETRY_AFTER, "2");
            refuse(routing, 503, "unavailable", reason);
        } else {
            routing.response().putHeader("WWW-Authenticate", "Bearer realm=\"tidepole\"");
            refuse(routing, 401, "not_authenticated", reason);
        }
    }

    private static boolean isOpen(RoutingContext routing) {
        String path = routing.normalizedPath();
        return OPEN.contains(path)
                || OPEN_FOLDERS.stream().anyMatch(path::startsWith)
                || (DOORS.contains(path) && routing.request().method().equals(HttpMethod.POST));
    }

    /** Open to all, and yet what it answers depends on who asks. */
    private static boolean asksWho(RoutingContext routing) {
        String path = routing.normalizedPath();
        return DOORS.contains(path) || path.equals(SELF) || path.equals("/mqtt");
    }

    /** What a person opens in a browser. */
    private static boolean isPage(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        String accept = String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).toLowerCase(Locale.ROOT);
        return request.method().equals(HttpMethod.GET)
                && !isOpen(routing)
                && !routing.normalizedPath().startsWith("/api/")
                && accept.contains("text/html");
    }

    private static boolean hasTokenInQuery(HttpServerRequest request) {
        String query = request.query();
        return query != null && ("&" + query).contains("&token=");
    }

    /** A token in an address ends up in histories and on screens: it moves to a cookie, and leaves the address. */
    private void keepInCookie(RoutingContext routing, Credentials shown, Principal principal) {
        HttpServerRequest request = routing.request();
        if (authenticator.isRequired()) {
            Cookies.set(routing, shown.token(), principal.expiresAtMillis());
        }
        routing.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.LOCATION, withoutToken(request))
                .end();
    }

    private static String withoutToken(HttpServerRequest request) {
        String query = Arrays.stream(
                        Optional.ofNullable(request.query()).orElse("").split("&", -1))
                .filter(parameter -> !parameter.startsWith("token="))
                .collect(Collectors.joining("&"));
        return request.path() + (query.isEmpty() ? "" : "?" + query);
    }

    static void refuse(RoutingContext routing, int status, String code, String message) {
        byte[] json = new JsonBytes(128)
                .raw("{\"error\":{\"code\":")
                .text(code)
                .raw(",\"message\":")
                .text(message)
                .raw("}}")
                .toByteArray();
        routing.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(json));
    }
}
