package io.tidepole.ingest;

import io.tidepole.auth.Authenticator;
import io.tidepole.config.MqttConfig;
import io.tidepole.guard.Gate;
import io.tidepole.ingest.MqttPort.Clients;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door for readings that come over MQTT 3.1.1 and 5: objects to {@code sensors/<device>}, numbers to
 * {@code sensors/<device>/<measure>}.
 */
public final class MqttDoor {
    private static final Logger LOG = LoggerFactory.getLogger(MqttDoor.class);
    /** Listeners that give Vert.x the same negative number share one free port; those of HTTP have another. */
    private static final int SHARED_FREE_PORT = -1_883;

    private static final String LOOPBACK = "127.0.0.1";

    private int nextFreePort = SHARED_FREE_PORT;

    private final MqttConfig config;
    private final String host;
    private final Intake intake;
    private final Consumer<String> goodbye;
    private final Authenticator authenticator;
    private final Gate gate;
    private final MqttBridges bridges = new MqttBridges();
    private final MqttSessions sessions;
    private final Optional<Secure> secure;
    private volatile int port;
    private volatile int securePort;
    private volatile SocketAddress inside = SocketAddress.inetSocketAddress(0, LOOPBACK);

    /**
     * MQTT over TLS.
     *
     * @param port to listen on; 0 picks a free one
     * @param tls completes the options of a server
     */
    public record Secure(int port, Consumer<NetServerOptions> tls) {}

    /**
     * @param host the address to listen on
     * @param goodbye is told of devices whose connection broke off and that had left a will
     * @param authenticator says who a client is
     * @param gate counts the connections of each address
     * @param secure if it is to listen with TLS too
     */
    public MqttDoor(
            MqttConfig config,
            String host,
            Intake intake,
            Consumer<String> goodbye,
            Authenticator authenticator,
            Gate gate,
            Optional<Secure> secure) {
        this.config = config;
        this.host = host;
        this.intake = intake;
        this.goodbye = goodbye;
        this.authenticator = authenticator;
        this.gate = gate;
        this.sessions = new MqttSessions(config.maxConnections());
        this.secure = secure;
    }

    /** Listens on so many event loops. A usual port that somebody else has is said aloud, and is no failure. */
    public Future<Void> start(Vertx vertx, int loops) {
        if (!config.enabled()) {
            return Future.succeededFuture();
        }
        Clients clients = config.proxyProtocol() ? Clients.BEHIND_PROXIES : Clients.ANYBODY;
        return listen(vertx, loops, new MqttPort(host, numbered(config.port()), clients, options -> {}))
                .recover(this::taken)
                .compose(found -> {
                    port = found;
                    return secure.isEmpty()
                            ? Future.succeededFuture(0)
                            : listen(
                                    vertx,
                                    loops,
                                    new MqttPort(
                                            host,
                                            numbered(secure.get().port()),
                                            clients,
                                            secure.get().tls()));
                })
                .compose(found -> {
                    securePort = found;
                    return inside(vertx, loops);
                });
    }

    /** What comes through WebSockets has no proxy to speak for it, and so a port of its own where others have one. */
    private Future<Void> inside(Vertx vertx, int loops) {
        if (!config.proxyProtocol()) {
            String near = host.equals("0.0.0.0") ? LOOPBACK : host.equals("::") ? "::1" : host;
            inside = SocketAddress.inetSocketAddress(port, near);
            return Future.succeededFuture();
        }
        return listen(vertx, loops, new MqttPort(LOOPBACK, numbered(0), Clients.BRIDGED, options -> {}))
                .map(found -> {
                    inside = SocketAddress.inetSocketAddress(found, LOOPBACK);
                    return null;
                });
    }

    private int numbered(int asked) {
        return asked == 0 ? nextFreePort-- : asked;
    }

    private Future<Integer> taken(Throwable cause) {
        if (cause instanceof IOException && config.port() == MqttConfig.USUAL_PORT) {
            LOG.warn("Port {} is taken, by another MQTT server probably: no MQTT here. Set mqtt.port.", config.port());
            return Future.succeededFuture(0);
        }
        return Future.failedFuture(cause);
    }

    private Future<Integer> listen(Vertx vertx, int loops, MqttPort wanted) {
        List<MqttListener> listeners = new ArrayList<>();
        List<Future<String>> deployed = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            MqttListener listener = new MqttListener(
                    intake, sessions, goodbye, authenticator, gate, bridges, wanted, config.receiveMaximum());
            listeners.add(listener);
            deployed.add(vertx.deployVerticle(listener, new DeploymentOptions()));
        }
        return Future.all(deployed).map(all -> listeners.get(0).port());
    }

    /** The port on which it listens; 0 for none. */
    public int port() {
        return port;
    }

    /** The port on which it listens with TLS; 0 for none. */
    public int securePort() {
        return securePort;
    }

    /** Where the local connections of clients that come through WebSockets lead to. */
    SocketAddress inside() {
        return inside;
    }

    /** The local connections of clients that come through WebSockets. */
    MqttBridges bridges() {
        return bridges;
    }

    /** Clients that are connected. */
    public int connections() {
        return sessions.size();
    }
}
