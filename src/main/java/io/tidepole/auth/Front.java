package io.tidepole.auth;

import io.vertx.core.http.HttpServerRequest;

/** What stands between a request's sender and this server, as far as its word is believed. */
public interface Front {
    /** Nothing stands there. */
    Front NONE = new Front() {
        @Override
        public String client(HttpServerRequest request) {
            return request.remoteAddress().hostAddress();
        }

        @Override
        public boolean isSecure(HttpServerRequest request) {
            return request.isSSL();
        }
    };

    /** The address from which it was sent. */
    String client(HttpServerRequest request);

    /** Whether its sender speaks TLS: with us, or with a proxy that we were told of. */
    boolean isSecure(HttpServerRequest request);
}
