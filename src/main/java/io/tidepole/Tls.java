package io.tidepole;

import io.tidepole.config.Config;
import io.tidepole.tls.Certificates;
import io.tidepole.web.Redirect;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the servers' options have to say of certificates, proxies and times. */
final class Tls {
    private final Vertx vertx;
    private final Config config;
    private @Nullable Certificates certificates;

    Tls(Vertx vertx, Config config) {
        this.vertx = vertx;
        this.config = config;
    }

    boolean enabled() {
        return config.tls().enabled();
    }

    /** Reads the certificates, and looks after them from now on. */
    Future<?> load() {
        if (!enabled()) {
            return Future.succeededFuture();
        }
        return vertx.executeBlocking(() -> Certificates.load(vertx, config.tls(), config.data()), false)
                .onSuccess(loaded -> {
                    certificates = loaded;
                    loaded.watch();
                });
    }

    void http(HttpServerOptions options) {
        options.setIdleTimeout(
                        Math.toIntExact(config.connections().idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setUseProxyProtocol(config.connections().proxyProtocol())
                .setProxyProtocolTimeout(config.connections().headerTimeout().toMillis())
                .setProxyProtocolTimeoutUnit(TimeUnit.MILLISECONDS);
        if (enabled()) {
            options.setUseAlpn(true);
            secure(options);
        }
    }

    void secure(NetServerOptions options) {
        if (certificates == null) {
            throw new IllegalStateException("the certificates are not read yet");
        }
        certificates.apply(options, config.connections().headerTimeout());
    }

    /** Opens the plain port that leads to the one with TLS, if one is wanted. */
    Future<?> redirect(int port) {
        int plain = config.tls().redirectPort();
        return enabled() && plain > 0
                ? vertx.deployVerticle(new Redirect(config.http().host(), plain, port))
                : Future.succeededFuture();
    }
}
