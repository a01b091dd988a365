package io.tidepole;

import io.tidepole.auth.Front;
import io.tidepole.guard.Gate;
import io.vertx.core.http.HttpServerRequest;

/** Who asks, and over what, where proxies that we were told of stand in front. */
final class BehindProxies implements Front {
    private final Gate gate;

    BehindProxies(Gate gate) {
        this.gate = gate;
    }

    @Override
    public String client(HttpServerRequest request) {
        return gate.client(request.remoteAddress().hostAddress(), request.headers()::getAll);
    }

    @Override
    public boolean isSecure(HttpServerRequest request) {
        return request.isSSL() || gate.saysSecure(request.remoteAddress().hostAddress(), request.headers()::getAll);
    }
}
