package io.tidepole.ingest;

import io.netty.channel.Channel;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.tidepole.auth.Authenticator;
import io.tidepole.auth.Credentials;
import io.tidepole.auth.NotAuthenticatedException;
import io.tidepole.auth.Principal;
import io.tidepole.guard.Gate;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.SocketAddress;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for MQTT on one event loop; several of them share a port. */
final class MqttListener extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MqttListener.class);
    private static final int CONNECT_SECONDS = 10;
    private static final int MAX_CLIENT_ID = 256;
    private static final int VERSION_5 = 5;

    private final Intake intake;
    private final MqttSessions sessions;
    private final Consumer<String> goodbye;
    private final Authenticator authenticator;
    private final Gate gate;
    private final MqttBridges bridges;
    private final MqttServerOptions options;
    private final int receiveMaximum;
    private final MqttPort.Clients clients;
    private final Set<MqttConversation> conversations = new HashSet<>();
    /** Where those come from that have not said CONNECT yet, each as the connection itself says it. */
    private final Set<SocketAddress> knocking = Collections.newSetFromMap(new IdentityHashMap<>());

    private Future<MqttServer> server = Future.failedFuture("not started");

    MqttListener(
            Intake intake,
            MqttSessions sessions,
            Consumer<String> goodbye,
            Authenticator authenticator,
            Gate gate,
            MqttBridges bridges,
            MqttPort port,
            int receiveMaximum) {
        this.intake = intake;
        this.sessions = sessions;
        this.goodbye = goodbye;
        this.authenticator = authenticator;
        this.gate = gate;
        this.bridges = bridges;
        this.receiveMaximum = receiveMaximum;
        this.clients = port.clients();
        this.options = new MqttServerOptions()
                .setHost(port.host())
                .setPort(port.port())
                .setMaxMessageSize((int) intake.limits().lineBytes())
                .setMaxClientIdLength(MAX_CLIENT_ID)
                .setAutoClientId(false)
                .setTimeoutOnConnect(CONNECT_SECONDS);
        options.setUseProxyProtocol(clients == MqttPort.Clients.BEHIND_PROXIES)
                .setProxyProtocolTimeout(CONNECT_SECONDS)
                .setProxyProtocolTimeoutUnit(TimeUnit.SECONDS);
        port.more().accept(options);
    }

    @Override
    public Future<?> start() {
        context.exceptionHandler(MqttListener::unhandled);
        Outlet outlet = Outlet.shared(intake, task -> context.runOnContext(turn -> task.run()));
        if (authenticator.isRequired()) {
            vertx.setPeriodic(1_000, timer -> expel());
        }
        server = MqttDoorstep.server(vertx, options, this::mayEnter)
                .exceptionHandler(cause -> LOG.debug("an MQTT client could not connect: {}", cause.getMessage()))
                .endpointHandler(endpoint -> asked(endpoint, outlet))
                .listen();
        return server;
    }

    /** A connection that says nothing takes a place among those of its address until it has, or is gone. */
    @SuppressWarnings("FutureReturnValueIgnored") // that a channel is closed cannot fail
    private boolean mayEnter(NetSocketInternal socket) {
        Channel channel = socket.channelHandlerContext().channel();
        SocketAddress from = socket.remoteAddress();
        if ((clients == MqttPort.Clients.BEHIND_PROXIES && !gate.trusts(Gate.peer(channel)))
                || !gate.knock(from.hostAddress())) {
            return false;
        }
        knocking.add(from);
        channel.closeFuture().addListener(closed -> knocked(from));
        return true;
    }

    private void knocked(SocketAddress from) {
        if (knocking.remove(from)) {
            gate.knocked(from.hostAddress());
        }
    }

    /** What breaks the protocol is thrown by the MQTT server itself; strangers must not fill the log with it. */
    private static void unhandled(Throwable cause) {
        StackTraceElement[] trace = cause.getStackTrace();
        if (trace.length > 0 && trace[0].getClassName().startsWith("io.vertx.mqtt.")) {
            LOG.debug("an MQTT client broke the protocol: {}", cause.getMessage());
        } else {
            LOG.error("an MQTT client could not be served", cause);
        }
    }

    int port() {
        return server.succeeded() ? server.result().actualPort() : 0;
    }

    private Optional<Principal> certified(MqttEndpoint endpoint) {
        return endpoint.isSsl() ? authenticator.certified(endpoint.sslSession()) : Optional.empty();
    }

    /** Clients of MQTT give a name, which we do not need, and a password, which is a token. */
    private static Credentials shown(MqttEndpoint endpoint) {
        String password = endpoint.auth() == null ? null : endpoint.auth().getPassword();
        return password == null ? Credentials.NONE : new Credentials(password);
    }

    /** One that comes through a WebSocket has proved there who it is, unless it says it here. */
    private void asked(MqttEndpoint endpoint, Outlet outlet) {
        knocked(endpoint.remoteAddress());
        Credentials shown = shown(endpoint);
        Optional<Sender> bridged = clients == MqttPort.Clients.BEHIND_PROXIES
                ? Optional.empty()
                : bridges.sender(endpoint.remoteAddress());
        if (clients == MqttPort.Clients.BRIDGED && bridged.isEmpty()) {
            endpoint.close();
            return;
        }
        String address = bridged.map(Sender::address)
                .orElseGet(() -> endpoint.remoteAddress().hostAddress());
        Future<Principal> found = shown.isEmpty()
                        && bridged.filter(sender -> !sender.principal().equals(Principal.NOBODY))
                                .isPresent()
                ? Future.succeededFuture(bridged.get().principal())
                : authenticator.authenticate(shown.from(address, certified(endpoint)));
        AtomicBoolean gone = new AtomicBoolean();
        endpoint.closeHandler(closed -> gone.set(true));
        found.onComplete(done -> onOwnContext(() -> {
            if (!gone.get()) {
                answered(endpoint, address, bridged.isPresent(), done, outlet);
            }
        }));
    }

    private void onOwnContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(turn -> task.run());
        }
    }

    private void answered(
            MqttEndpoint endpoint, String address, boolean isCounted, AsyncResult<Principal> found, Outlet outlet) {
        if (found.succeeded()) {
            connected(endpoint, new Sender(address, found.result()), isCounted, outlet);
        } else {
            boolean waits = found.cause() instanceof NotAuthenticatedException refused && refused.waitMillis() > 0;
            endpoint.reject(refusal(endpoint.protocolVersion() >= VERSION_5, waits));
        }
    }

    /** MQTT 3.1.1 has no word for one who tries too often: to it the server is unavailable. */
    private static MqttConnectReturnCode refusal(boolean version5, boolean waits) {
        if (waits) {
            return version5
                    ? MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED
                    : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
        }
        return version5
                ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
                : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
    }

    /** Those whose token has expired or was withdrawn. */
    private void expel() {
        for (MqttConversation conversation : Set.copyOf(conversations)) {
            if (!authenticator.isValid(conversation.principal())) {
                conversation.expel();
            }
        }
    }

    /** What comes through a WebSocket is counted there. */
    private void connected(MqttEndpoint endpoint, Sender sender, boolean isCounted, Outlet outlet) {
        boolean assigned = endpoint.clientIdentifier() == null
                || endpoint.clientIdentifier().isEmpty();
        if (assigned && endpoint.protocolVersion() < VERSION_5 && !endpoint.isCleanSession()) {
            endpoint.reject(MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
            return;
        }
        if (assigned) {
            endpoint.setClientIdentifier("auto-" + UUID.randomUUID());
        }
        if (!sessions.hasRoom(endpoint.clientIdentifier())) {
            endpoint.reject(
                    endpoint.protocolVersion() >= VERSION_5
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY
                            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            return;
        }
        if (!isCounted && !gate.enter(sender.address())) {
            endpoint.reject(
                    endpoint.protocolVersion() >= VERSION_5
                            ? MqttConnectReturnCode.CONNECTION_REFUSED_QUOTA_EXCEEDED
                            : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE);
            return;
        }
        MqttConversation conversation =
                new MqttConversation(intake, outlet, sessions, goodbye, endpoint, sender, context, receiveMaximum);
        conversations.add(conversation);
        conversation.begin(assigned, () -> {
            conversations.remove(conversation);
            if (!isCounted) {
                gate.leave(sender.address());
            }
        });
    }

    /** Says goodbye; the servers close after this. */
    @Override
    public Future<?> stop() {
        Set.copyOf(conversations).forEach(MqttConversation::shutDown);
        return server.succeeded() ? server.result().close() : Future.succeededFuture();
    }
}
