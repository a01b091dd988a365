package io.tidepole.web;

import io.tidepole.config.HttpConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server on one event loop; deploy one for each loop, they share the port. */
public final class WebServer extends VerticleBase {
    private static final Logger log = LoggerFactory.getLogger(WebServer.class);
    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final List<String[]> HEADERS = List.of(
            new String[] {
                "Content-Security-Policy",
                "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
            },
            new String[] {"Referrer-Policy", "no-referrer"},
            new String[] {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
            new String[] {"Cross-Origin-Opener-Policy", "same-origin"});

    private final HttpConfig settings;
    private final Duration grace;
    private final AtomicInteger port;
    private final Consumer<HttpServerOptions> more;
    private final BiFunction<Vertx, Context, Connections> connections;
    private final Consumer<Router> routes;
    private @Nullable HttpServer server;
    private @Nullable Connections own;

    /** Who takes connections of one event loop before they are HTTP. */
    public interface Connections {
        /** A connection was accepted. */
        void opened(HttpConnection connection);

        /** The server is down. */
        void close();
    }

    /**
     * A server on one loop.
     *
     * @param grace how long open connections have to end by themselves
     * @param port is set to the one in use
     * @param more completes the options
     * @param connections makes what takes connections, once on this loop
     * @param routes adds what is served
     */
    public WebServer(
            HttpConfig settings,
            Duration grace,
            AtomicInteger port,
            Consumer<HttpServerOptions> more,
            BiFunction<Vertx, Context, Connections> connections,
            Consumer<Router> routes) {
        this.settings = settings;
        this.grace = grace;
        this.port = port;
        this.more = more;
        this.connections = connections;
        this.routes = routes;
    }

    @Override
    public Future<?> start() {
        Router router = Router.router(vertx);
        router.route().handler(WebServer::addHeaders);
        routes.accept(router);
        for (int status : new int[] {400, 404, 405, 413, 500}) {
            router.errorHandler(status, request -> fail(request, status));
        }
        Connections mine = connections.apply(vertx, context);
        own = mine;
        HttpServerOptions options = options();
        more.accept(options);
        HttpServer created = vertx.createHttpServer(options)
                .requestHandler(request -> route(router, request))
                .connectionHandler(mine::opened)
                .invalidRequestHandler(
                        request -> request.response().setStatusCode(400).end())
                .exceptionHandler(problem -> log.debug("a connection failed before its request", problem));
        server = created;
        return created.listen().onSuccess(listening -> port.set(listening.actualPort()));
    }

    /** A path that cannot be decoded never reaches the routes, whose every look at it would fail. */
    private static void route(Router router, HttpServerRequest request) {
        if (MALFORMED.matcher(request.uri()).find()) {
            request.response()
                    .setStatusCode(400)
                    .putHeader("Connection", "close")
                    .end();
        } else {
            router.handle(request);
        }
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                // A negative port is one that the system picks, the same for all loops.
                .setPort(settings.port() == 0 ? -1 : settings.port())
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .setAcceptBacklog(4_096)
                .setHttp2ClearTextEnabled(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxInitialLineLength(16_384)
                .setMaxHeaderSize(16_384)
                .setCompressionSupported(true)
                .setCompressionLevel(4);
    }

    /** What governs a page stands at the page; the files that it is made of need one header. */
    private static void addHeaders(RoutingContext request) {
        request.response().putHeader("X-Content-Type-Options", "nosniff");
        if (!request.normalizedPath().startsWith("/v/")) {
            for (String[] header : HEADERS) {
                request.response().putHeader(header[0], header[1]);
            }
        }
        request.next();
    }

    private static void fail(RoutingContext request, int status) {
        Throwable problem = request.failure();
        if (status == 500 && problem != null) {
            log.error("{} {} failed", request.request().method(), request.normalizedPath(), problem);
        }
        switch (status) {
            case 404 -> Answers.error(request, 404, "not_found", "nothing is here");
            case 405 -> Answers.error(request, 405, "bad_method", "this is asked for in another way");
            case 413 -> Answers.error(request, 413, "too_large", "the body is too large");
            case 400 -> Answers.error(request, 400, "bad_request", "the request cannot be read");
            default -> Answers.error(request, 500, "internal", "the server failed; its log says why");
        }
    }

    /** Viewers are told and closed; requests in flight may end within the grace. */
    @Override
    public Future<?> stop() {
        HttpServer running = server;
        Connections mine = own;
        if (running == null || mine == null) {
            return Future.succeededFuture();
        }
        return running.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS).onComplete(done -> mine.close());
    }
}
