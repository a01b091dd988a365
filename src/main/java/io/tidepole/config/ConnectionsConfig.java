package io.tidepole.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Who may connect over HTTP, and how long each step may take.
 *
 * @param max connections at a time
 * @param perAddress connections of one address at a time; 0 for no limit
 * @param headerTimeout from the first byte of a request's head to its last, and from accepting to the first
 * @param bodyTimeout for a body; each KiB that arrives adds a second
 * @param idleTimeout silence until a connection that is not a viewer's ends
 * @param acceptRate viewers that may connect in a second
 * @param trustedProxies addresses and networks, separated by commas
 * @param forwardedHeader what those write
 * @param proxyProtocol whether connections begin with the PROXY protocol
 */
public record ConnectionsConfig(
        int max,
        int perAddress,
        Duration headerTimeout,
        Duration bodyTimeout,
        Duration idleTimeout,
        int acceptRate,
        String trustedProxies,
        ForwardedHeader forwardedHeader,
        boolean proxyProtocol) {
    public ConnectionsConfig {
        Keys.CONNECTIONS_MAX.require(max);
        Keys.CONNECTIONS_PER_ADDRESS.require(perAddress);
        Keys.CONNECTIONS_HEADER_TIMEOUT.require(headerTimeout);
        Keys.CONNECTIONS_BODY_TIMEOUT.require(bodyTimeout);
        Keys.CONNECTIONS_IDLE_TIMEOUT.require(idleTimeout);
        Keys.CONNECTIONS_ACCEPT_RATE.require(acceptRate);
        Keys.CONNECTIONS_TRUSTED_PROXIES.require(trustedProxies);
    }

    /** Where a proxy writes for whom it asks. Only one is believed: the other may be a client's own. */
    public enum ForwardedHeader {
        X_FORWARDED_FOR,
        /** RFC 7239. */
        FORWARDED
    }

    /** The proxies one by one. */
    public List<String> proxies() {
        return Arrays.stream(trustedProxies.split("[, ]+"))
                .filter(part -> !part.isEmpty())
                .toList();
    }

    static ConnectionsConfig from(Values values) {
        return new ConnectionsConfig(
                values.get(Keys.CONNECTIONS_MAX),
                values.get(Keys.CONNECTIONS_PER_ADDRESS),
                values.get(Keys.CONNECTIONS_HEADER_TIMEOUT),
                values.get(Keys.CONNECTIONS_BODY_TIMEOUT),
                values.get(Keys.CONNECTIONS_IDLE_TIMEOUT),
                values.get(Keys.CONNECTIONS_ACCEPT_RATE),
                values.get(Keys.CONNECTIONS_TRUSTED_PROXIES),
                values.get(Keys.CONNECTIONS_FORWARDED_HEADER),
                values.get(Keys.CONNECTIONS_PROXY_PROTOCOL));
    }
}
