package io.tidepole.ingest;

import io.vertx.core.net.NetServerOptions;
import java.util.function.Consumer;

/**
 * Where MQTT is listened for.
 *
 * @param host the address
 * @param port the same negative number is one free port for all
 * @param clients who comes there
 * @param more completes the options of the server
 */
record MqttPort(String host, int port, Clients clients, Consumer<NetServerOptions> more) {
    enum Clients {
        /** Whoever can reach it, and what comes through WebSockets. */
        ANYBODY,
        /** Whom proxies that we trust speak for, and nobody else. */
        BEHIND_PROXIES,
        /** What comes through WebSockets, and nobody else. */
        BRIDGED
    }
}
