package io.tidepole.ingest;

import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who is at the other end of the local connections by which MQTT over WebSocket reaches the MQTT server of this process.
 * Nobody else can be mistaken for one: a connection of ours is here for as long as it has its local port. Safe for any
 * thread.
 */
final class MqttBridges {
    private final ConcurrentMap<String, Sender> senders = new ConcurrentHashMap<>();

    /** A connection of ours, by its own end, speaks for a client. */
    void open(SocketAddress ours, Sender sender) {
        senders.put(key(ours), sender);
    }

    void close(SocketAddress ours) {
        senders.remove(key(ours));
    }

    /** For whom a connection speaks; empty if it is none of ours. */
    Optional<Sender> sender(SocketAddress peer) {
        return Optional.ofNullable(senders.get(key(peer)));
    }

    private static String key(SocketAddress address) {
        return address.hostAddress() + " " + address.port();
    }
}
