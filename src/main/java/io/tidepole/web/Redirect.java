package io.tidepole.web;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.concurrent.TimeUnit;

/** A plain port that does nothing but send browsers to the one with TLS. */
public final class Redirect extends VerticleBase {
    private static final int TLS_PORT = 443;
    private static final int IDLE_SECONDS = 10;

    private final String host;
    private final int port;
    private final int target;

    /**
     * A port that redirects.
     *
     * @param host the address to listen on
     * @param port to listen on
     * @param target the port with TLS
     */
    public Redirect(String host, int port, int target) {
        this.host = host;
        this.port = port;
        this.target = target;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(new HttpServerOptions()
                        .setHost(host)
                        .setPort(port)
                        .setIdleTimeout(IDLE_SECONDS)
                        .setIdleTimeoutUnit(TimeUnit.SECONDS))
                .requestHandler(this::redirect)
                .listen();
    }

    private void redirect(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        boolean reads =
                request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
        request.response().putHeader("Connection", "close");
        if (authority == null || !reads) {
            // What was sent in clear is not to be sent again as if nothing had happened.
            request.response().setStatusCode(authority == null ? 400 : 403).end();
            return;
        }
        String to = "https://" + authority.host() + (target == TLS_PORT ? "" : ":" + target) + request.uri();
        request.response().setStatusCode(308).putHeader("Location", to).end();
    }
}
