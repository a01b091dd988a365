package io.tidepole.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.tidepole.auth.Credentials;
import io.tidepole.auth.Principal;
import io.tidepole.config.PushConfig;
import io.tidepole.config.RatesConfig;
import io.tidepole.guard.Doorkeeper;
import io.tidepole.guard.Gate;
import io.tidepole.protocol.CloseCode;
import io.tidepole.protocol.ServerMessage;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.http.HttpConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sessions of one event loop. Takes what the encoder made, and writes it to each: at once while the loop is in time,
 * else all that one turn has for a socket in one write.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
public final class PushLoop {
    private static final Logger log = LoggerFactory.getLogger(PushLoop.class);
    private static final long CLOSE_MILLIS = 2_000;
    private static final long BACK_MILLIS = 500;
    private static final int INTERNED_SPECS = 1_024;

    private final Hub hub;
    private final Context context;
    private final EventLoop eventLoop;
    private final SocketOptions socketOptions;
    private final WebSocketDecoderConfig framesWithExtension;
    private final WebSocketDecoderConfig framesWithoutExtension;
    private final Inflation inflation;
    private final ReadingDoor.OnLoop readings;
    private final List<Session> sessions = new ArrayList<>();
    private final Map<Integer, LoopGroup> groups = new HashMap<>();
    private final Set<Session> slow = new LinkedHashSet<>();
    private final Set<Session> listeners = new LinkedHashSet<>();
    private final List<Session> toFlush = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final LoopFigures figures = new LoopFigures();
    private final Map<Spec, Spec> specs;
    private final Consumer<Encoder.Commands> encoder;
    private final MessageConsumer<Encoded> consumer;
    private final MessageConsumer<Notices> noticeConsumer;
    private final long timer;
    private @Nullable Alone alone;
    private byte[] scratch = new byte[4_096];
    private int nextPing;
    private volatile int sessionCount;

    /** Call on the event loop whose viewers it is to serve. */
    PushLoop(Hub hub, Vertx vertx, Context context, EventLoop eventLoop, ReadingDoor door) {
        this.hub = hub;
        this.context = context;
        this.eventLoop = eventLoop;
        this.socketOptions = new SocketOptions(hub.settings());
        this.framesWithExtension = decoderConfig(true);
        this.framesWithoutExtension = decoderConfig(false);
        this.inflation = new Inflation(maxMessageBytes());
        this.readings = door.onLoop(eventLoop);
        this.encoder = Encoder.COMMANDS.publisher(vertx);
        this.consumer = Encoder.ENCODED.consume(vertx, this::take);
        this.noticeConsumer = Notices.TOPIC.consume(vertx, this::tell);
        this.timer = vertx.setPeriodic(1_000, none -> everySecond());
        this.specs = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Spec, Spec> eldest) {
                return size() > INTERNED_SPECS;
            }
        };
    }

    private WebSocketDecoderConfig decoderConfig(boolean extension) {
        return WebSocketDecoderConfig.newBuilder()
                .allowExtensions(extension)
                .maxFramePayloadLength((int) hub.webSocket().maxFrameBytes())
                .expectMaskedFrames(true)
                .withUTF8Validator(false)
                .closeOnProtocolViolation(false)
                .build();
    }

    /** Watches over a connection, and takes WebSocket handshakes on it. */
    public void attach(HttpConnection connection, Gate gate) {
        Doorkeeper doorkeeper = gate.doorkeeper();
        String peer = connection.remoteAddress().hostAddress();
        if (gate.settings().proxyProtocol() && !gate.trusts(Gate.peer(VertxBridge.channel(connection)))) {
            connection.close();
            return;
        }
        boolean http1 = VertxBridge.add(connection, doorkeeper, new Upgrade(this, gate, doorkeeper, peer));
        if (!doorkeeper.count(VertxBridge.channel(connection), gate.trusts(peer) ? "" : peer)) {
            if (http1) {
                doorkeeper.tooMany();
            } else {
                connection.close();
            }
        }
    }

    // ---- sessions come and go

    boolean hasRoom() {
        return !hub.isDraining() && hub.viewers() < hub.webSocket().maxConnections();
    }

    void open(ChannelHandlerContext ctx, Handshake handshake, Entrance entrance, Credentials shown) {
        boolean deflate = handshake.compression() != Compression.NONE;
        WebSocket13FrameDecoder decoder =
                new WebSocket13FrameDecoder(deflate ? framesWithExtension : framesWithoutExtension);
        ViewerHandler viewer = new ViewerHandler(this, handshake, entrance);
        try {
            VertxBridge.takeOver(ctx, decoder, viewer);
        } catch (Exception e) {
            log.error("a handshake could not be taken over", e);
            ctx.close();
            return;
        }
        Session session = viewer.session();
        begin(session, handshake.response());
        session.admission.begin(shown, () -> {});
        VertxBridge.letThrough(session.channel());
    }

    void open(ChannelHandlerContext ctx, StreamRequest request, Principal principal) {
        StreamHandler stream = new StreamHandler(this, request.shape());
        try {
            VertxBridge.takeOver(ctx, stream);
        } catch (Exception e) {
            log.error("a stream could not be taken over", e);
            ctx.close();
            return;
        }
        Session session = stream.session();
        begin(session, request.head());
        session.admission.begin(principal, () -> {
            if (request.resume().length > 0) {
                session.answer(request.resume());
            }
            request.subscribes().forEach(session.dialogue::handle);
        });
        VertxBridge.letThrough(session.channel());
    }

    private void begin(Session session, byte[] response) {
        ChannelHandlerContext own = session.channel();
        socketOptions.apply(own.channel());
        session.listIndex = sessions.size();
        sessions.add(session);
        sessionCount = sessions.size();
        figures.opened();
        own.writeAndFlush(Unpooled.wrappedBuffer(response), own.voidPromise());
    }

    void ended(Session session) {
        Session last = sessions.remove(sessions.size() - 1);
        if (last.number != session.number) {
            sessions.set(session.listIndex, last);
            last.listIndex = session.listIndex;
        }
        sessionCount = sessions.size();
        slow.remove(session);
        listeners.remove(session);
        figures.ended();
    }

    void slow(Session session) {
        slow.add(session);
    }

    /** The server goes down: all are told when to come back, and closed over the time that is given. From any thread. */
    void drain(long spreadMillis) {
        if (eventLoop.isShuttingDown()) {
            return;
        }
        eventLoop.execute(() -> {
            List<Session> all = List.copyOf(sessions);
            for (int i = 0; i < all.size(); i++) {
                Session session = all.get(i);
                long closeMillis = spreadMillis * i / all.size();
                long waitMillis = BACK_MILLIS + ThreadLocalRandom.current().nextLong(BACK_MILLIS + spreadMillis);
                session.send(new ServerMessage.Draining(spreadMillis - closeMillis + waitMillis));
                later(closeMillis, () -> close(session));
            }
        });
    }

    void close(Session session) {
        session.close(CloseCode.SERVICE_RESTART, "restarting");
    }

    /** After our close frame the viewer has so long to answer it. */
    void closeLater(Session session) {
        if (session.shape().events) {
            closeNow(session.channel());
        } else {
            eventLoop.schedule(() -> session.channel().channel().close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Both close frames are exchanged: the server ends the connection (RFC 6455, section 7.1.1). */
    void closeNow(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> ctx.close());
    }

    // ---- topics

    void listens(Session session) {
        listeners.add(session);
    }

    void listensNoMore(Session session) {
        listeners.remove(session);
    }

    private void tell(Notices told) {
        for (Session session : List.copyOf(listeners)) {
            told.notices().forEach(session.dialogue::notice);
        }
    }

    // ---- what the encoder says

    private void take(Encoded encoded) {
        Pace pace = Pace.of(System.nanoTime() - encoded.nanos());
        for (Encoded.Item item : encoded.items()) {
            if (item instanceof Encoded.Bundle bundle) {
                LoopGroup group = groups.get(bundle.group());
                if (group != null) {
                    group.deliver(bundle, pace);
                    if (pace != Pace.SKIP) {
                        group.afterDelivery();
                    }
                }
            } else if (item instanceof Encoded.Placed placed
                    && isOurs(placed.seat())
                    && !placed.seat().session.isClosing()) {
                placed.seat().session.placed(placed, group(placed));
            } else if (item instanceof Encoded.Refused refused && isOurs(refused.seat())) {
                refused.seat().session.dialogue.refused(refused);
            }
        }
    }

    private boolean isOurs(Seat seat) {
        return seat.loop.context == context && !seat.session.isGone();
    }

    private LoopGroup group(Encoded.Placed placed) {
        return groups.computeIfAbsent(placed.group(), number -> new LoopGroup(this, placed));
    }

    void left(LoopGroup group, Session session) {
        if (group.leave(session)) {
            groups.remove(group.number);
        }
    }

    /** What this turn wrote to a session is flushed at its end, after all that is queued now. */
    void flushLater(Session session) {
        if (toFlush.isEmpty()) {
            eventLoop.execute(this::flush);
        }
        toFlush.add(session);
    }

    private void flush() {
        for (int i = 0; i < toFlush.size(); i++) {
            toFlush.get(i).outbox.flush();
        }
        toFlush.clear();
    }

    /** Asks the encoder; all that one turn asks goes together. */
    void command(Command command) {
        if (commands.isEmpty()) {
            eventLoop.execute(() -> {
                encoder.accept(new Encoder.Commands(commands));
                commands.clear();
            });
        }
        commands.add(command);
    }

    // ---- every second

    private void everySecond() {
        long now = nowMillis();
        for (Session session : List.copyOf(slow)) {
            if (!session.look(now)) {
                slow.remove(session);
            }
        }
        if (access().authenticator().isRequired()) {
            List.copyOf(sessions).forEach(session -> session.admission.look(now));
        }
        int behind = 0;
        long mostHeld = 0;
        for (Session session : slow) {
            behind += session.isBehind() ? 1 : 0;
            mostHeld = Math.max(mostHeld, session.outbox.pendingBytes());
        }
        heartbeat(now);
        figures.publish(behind, mostHeld);
    }

    /** Every session is pinged once in a heartbeat, a share of them each second. */
    private void heartbeat(long now) {
        int seconds = Math.toIntExact(Math.max(1, hub.webSocket().heartbeat().toSeconds()));
        for (int i = Math.floorMod(nextPing++, seconds); i < sessions.size(); i += seconds) {
            Session session = sessions.get(i);
            if (socketOptions.isDead(
                    session.channel().channel(), !session.shape().events, now - session.heardMillis())) {
                figures.dead();
                log.info("heartbeat failed for connection {}", hub.connectionId(session));
                session.reset(CloseCode.GOING_AWAY, "no answer");
            } else {
                session.control(Frames.PING, new byte[0]);
            }
        }
    }

    /** Ends this loop's part; its sessions are closed by the server's shutdown. */
    public void close() {
        context.owner().cancelTimer(timer);
        consumer.unregister();
        noticeConsumer.unregister();
        inflation.close();
        if (alone != null) {
            alone.close();
        }
    }

    // ---- what sessions need

    /** Whether there is an entrance that says back what it hears. */
    boolean echoes() {
        return hub.echoes();
    }

    RatesConfig rates() {
        return hub.rates();
    }

    Access access() {
        return hub.access();
    }

    ServerMessage.Welcome welcome(Session session, boolean whole) {
        return hub.welcome(session, whole);
    }

    PushConfig settings() {
        return hub.settings();
    }

    int maxSubscriptions() {
        return hub.webSocket().maxSubscriptions();
    }

    int maxFragments() {
        return hub.webSocket().maxFragments();
    }

    int maxMessageBytes() {
        return (int) hub.webSocket().maxMessageBytes();
    }

    /** From any thread. */
    int sessionCount() {
        return sessionCount;
    }

    LoopFigures figures() {
        return figures;
    }

    ReadingDoor.OnLoop readings() {
        return readings;
    }

    /** Runs the action on this loop after that time, unless it is cancelled. */
    Future<?> later(long millis, Runnable action) {
        return eventLoop.schedule(action, millis, TimeUnit.MILLISECONDS);
    }

    /** How long a message may take to arrive. */
    long reassemblyMillis() {
        return hub.reassemblyMillis();
    }

    /** Runs the action on this loop: at once, if it is what runs now. */
    void onLoop(Runnable action) {
        if (eventLoop.inEventLoop()) {
            action.run();
        } else {
            eventLoop.execute(action);
        }
    }

    /** Deflates messages for one or few viewers; made when one first falls behind. */
    Alone alone() {
        if (alone == null) {
            alone = new Alone(settings().compressionLevel());
        }
        return alone;
    }

    Inflation inflation() {
        return inflation;
    }

    long nowMillis() {
        return hub.clock().millis();
    }

    long nextSession() {
        return hub.nextSession();
    }

    /** A buffer for a message as it arrived, used again for each. */
    byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        return scratch;
    }

    /** The same subscription of many viewers is held once. */
    Spec intern(Spec spec) {
        Spec held = specs.putIfAbsent(spec, spec);
        return held == null ? spec : held;
    }
}
