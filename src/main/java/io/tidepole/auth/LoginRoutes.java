package io.tidepole.auth;

import io.tidepole.config.AuthConfig;
import io.tidepole.protocol.JsonBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How people come in and go out: the login page, an OpenID provider, and who one is. No script is needed. */
public final class LoginRoutes {
    private static final Logger log = LoggerFactory.getLogger(LoginRoutes.class);
    private static final String STATE = "tidepole-login";
    private static final int MOST_FORM_BYTES = 4_096;
    private static final long STATE_SECONDS = 600;

    private final Optional<Directory> directory;
    private final LoginPage page;
    private final Optional<Oidc> oidc;
    private final Brake brake;

    /**
     * Routes for people.
     *
     * @param authenticator if it knows nobody, there is nothing to log in to
     * @param version of the pages' files
     * @param brake for passwords
     */
    public LoginRoutes(Authenticator authenticator, String version, Brake brake) {
        this.brake = brake;
        this.directory = authenticator instanceof Directory directory ? Optional.of(directory) : Optional.empty();
        this.oidc = directory
                .map(directory -> new Oidc(directory.config(), directory.random()))
                .filter(Oidc::isConfigured);
        this.page = new LoginPage(version, oidc.isPresent());
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get("/api/v1/me").handler(this::me);
        directory.ifPresent(directory -> {
            router.get("/login").handler(request -> show(request, 200, ""));
            router.post("/login")
                    .handler(BodyHandler.create(false).setBodyLimit(MOST_FORM_BYTES))
                    .handler(request -> login(request, directory));
            router.post("/auth/logout").handler(request -> logout(request, directory));
            oidc.ifPresent(provider -> {
                router.get("/auth/oidc").handler(request -> depart(request, directory, provider));
                router.get("/auth/callback").handler(request -> arrive(request, directory, provider));
            });
        });
    }

    private void show(RoutingContext request, int status, String problem) {
        // A form of a page that names no referrer has the Origin "null", and would be turned away.
        request.response()
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .setStatusCode(status)
                .end(page.text(next(request), problem));
    }

    /** Where to go after it: a place on this server, whatever somebody wrote there. */
    private static String next(RoutingContext request) {
        String wanted = request.request().getFormAttribute("next");
        if (wanted == null) {
            wanted = request.queryParam("next").stream().findFirst().orElse("/");
        }
        boolean here = wanted.matches("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*") && wanted.length() < 2_048;
        return here ? wanted : "/";
    }

    private void login(RoutingContext request, Directory directory) {
        String address = Rights.address(request);
        long waitSeconds = (brake.waitMillis(address) + 999) / 1_000;
        if (waitSeconds > 0) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, Long.toString(waitSeconds));
            show(request, 429, "too many failed logins from here, try again in " + waitSeconds + " s");
            return;
        }
        HttpServerRequest form = request.request();
        String name = Optional.ofNullable(form.getFormAttribute("name")).orElse("");
        String password = Optional.ofNullable(form.getFormAttribute("password")).orElse("");
        directory
                .login(name, password.toCharArray())
                .onSuccess(secret -> welcome(request, directory, secret, next(request)))
                .onFailure(problem -> {
                    if (problem instanceof NotAuthenticatedException refused && refused.isGuess()) {
                        brake.failed(address);
                    }
                    turnAway(request, problem);
                });
    }

    private static void welcome(RoutingContext request, Directory directory, Secret secret, String next) {
        Cookies.set(
                request,
                secret.text(),
                directory.nowMillis() + directory.config().session().toMillis());
        request.response()
                .setStatusCode(303)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader(HttpHeaders.LOCATION, next)
                .end();
    }

    private void turnAway(RoutingContext request, Throwable problem) {
        if (problem instanceof NotAuthenticatedException refused) {
            log.info("a login failed from {}", Rights.address(request));
            show(request, refused.retry() ? 503 : 401, String.valueOf(refused.getMessage()));
        } else {
            log.error("a login could not be made", problem);
            show(request, 503, problem instanceof IOException ? "the provider cannot be reached at present" : "");
        }
    }

    private static void logout(RoutingContext request, Directory directory) {
        Credentials shown = Credentials.of(
                request.request()::getHeader, "", request.request().headers().contains(HttpHeaders.ORIGIN));
        directory
                .logout(shown)
                .onSuccess(done -> {
                    Cookies.clear(request);
                    request.response()
                            .setStatusCode(303)
                            .putHeader(HttpHeaders.LOCATION, "/login")
                            .end();
                })
                .onFailure(request::fail);
    }

    // ---- an OpenID provider

    private void depart(RoutingContext request, Directory directory, Oidc provider) {
        String next = next(request);
        String back = home(request, directory.config().oidc()) + "/auth/callback";
        directory
                .elsewhere(() -> provider.depart(back, next, directory.nowMillis()))
                .onSuccess(departure -> {
                    Cookies.put(request, STATE, departure.state(), STATE_SECONDS);
                    request.redirect(departure.address());
                })
                .onFailure(problem -> turnAway(request, problem));
    }

    /** Our address as this browser sees it. */
    private static String home(RoutingContext request, AuthConfig.Oidc settings) {
        return settings.url().isEmpty()
                ? (Rights.isSecure(request) ? "https://" : "http://") + HttpAccess.host(request.request())
                : settings.url();
    }

    private void arrive(RoutingContext request, Directory directory, Oidc provider) {
        Cookie cookie = request.request().getCookie(STATE);
        String state = cookie == null ? "" : cookie.getValue();
        Map<String, String> query = new TreeMap<>();
        request.queryParams().forEach(parameter -> query.put(parameter.getKey(), parameter.getValue()));
        Cookies.put(request, STATE, "", 0);
        directory
                .elsewhere(() -> provider.arrive(query, state, directory.nowMillis()))
                .compose(come -> directory
                        .login(come.person(), provider.roles(come.person()))
                        .onSuccess(secret -> welcome(request, directory, secret, come.next())))
                .onFailure(problem -> turnAway(request, problem));
    }

    // ---- who one is

    private void me(RoutingContext request) {
        Principal principal = Rights.of(request);
        JsonBytes json = new JsonBytes(256).raw("{\"authentication\":").raw(String.valueOf(directory.isPresent()));
        if (!principal.equals(Principal.NOBODY)) {
            json.raw(",\"userId\":").text(principal.name());
            if (principal.expiresAtMillis() != Principal.NEVER) {
                json.raw(",\"expiresAt\":").number(principal.expiresAtMillis());
            }
            texts(json.raw(",\"read\":"), principal.grant().read().texts());
            texts(json.raw(",\"write\":"), principal.grant().write().devices());
            json.raw(",\"edit\":").raw(String.valueOf(principal.mayEdit()));
            json.raw(",\"admin\":").raw(String.valueOf(principal.isAdmin()));
        }
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(Buffer.buffer(json.put('}').toByteArray()));
    }

    private static void texts(JsonBytes json, List<String> texts) {
        json.put('[');
        for (int i = 0; i < texts.size(); i++) {
            json.raw(i == 0 ? "" : ",").text(texts.get(i));
        }
        json.put(']');
    }
}
