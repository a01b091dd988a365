package io.tidepole.push;

import io.tidepole.config.Config;
import io.tidepole.config.PushConfig;
import io.tidepole.config.RatesConfig;
import io.tidepole.config.WebSocketConfig;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.window.WindowClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Brings ticks to viewers. One encoder makes each group's messages once; a {@link PushLoop} on each event loop writes
 * them to its sessions.
 */
public final class Hub {
    private static final int RESTARTS_PER_MILLI = 2;
    private static final long LOOK_MILLIS = 20;

    /**
     * Who we are, as the welcome says it.
     *
     * @param server name and version
     * @param instance of this run
     * @param host name of this machine
     * @param startedMillis when this run began
     */
    public record Identity(String server, String instance, String host, long startedMillis) {}

    private final Config config;
    private final Identity identity;
    private final WindowClock clock;
    private final Access access;
    private final Encoder encoder;
    private final List<PushLoop> loops = new CopyOnWriteArrayList<>();
    private volatile boolean draining;
    private final AtomicLong lastSession = new AtomicLong();
    private volatile Consumer<Notices> notices = beforeStart -> {};

    public Hub(Config config, Identity identity, WindowClock clock, Access access) {
        this.access = access;
        this.config = config;
        this.identity = identity;
        this.clock = clock;
        this.encoder = new Encoder(config.push(), config.webSocket().maxSeries(), clock);
    }

    /** Starts the encoder. */
    public Future<?> start(Vertx vertx) {
        Encoder.ENCODED.register(vertx);
        Encoder.COMMANDS.register(vertx);
        notices = Notices.TOPIC.register(vertx).publisher(vertx);
        return vertx.deployVerticle(encoder);
    }

    /** Begins to serve viewers on the event loop of this context, which must be the caller's. */
    public PushLoop openLoop(Vertx vertx, Context context, ReadingDoor door) {
        PushLoop loop = new PushLoop(this, vertx, context, ((ContextInternal) context).nettyEventLoop(), door);
        loops.add(loop);
        return loop;
    }

    /** Tells viewers who asked for the topics of these notices, in order; from any thread. */
    public void tell(List<Notice> news) {
        if (!news.isEmpty()) {
            notices.accept(new Notices(news));
        }
    }

    PushConfig settings() {
        return config.push();
    }

    WebSocketConfig webSocket() {
        return config.webSocket();
    }

    RatesConfig rates() {
        return config.rates();
    }

    long reassemblyMillis() {
        return config.connections().bodyTimeout().toMillis();
    }

    boolean echoes() {
        return config.diagnostics().echo();
    }

    WindowClock clock() {
        return clock;
    }

    long nextSession() {
        return lastSession.incrementAndGet();
    }

    int viewers() {
        int viewers = 0;
        for (PushLoop loop : loops) {
            viewers += loop.sessionCount();
        }
        return viewers;
    }

    Access access() {
        return access;
    }

    /** The whole of it is for those who are known. */
    /** What its welcome calls a connection, and our log. */
    String connectionId(Session session) {
        return "c-" + identity.instance() + "-" + session.number;
    }

    ServerMessage.Welcome welcome(Session session, boolean whole) {
        return new ServerMessage.Welcome(
                connectionId(session),
                identity.server(),
                identity.instance(),
                whole ? identity.host() : "",
                identity.startedMillis(),
                clock.millis(),
                config.webSocket().heartbeat().toMillis(),
                Output.MAX_MESSAGE_BYTES,
                session.shape().subprotocol);
    }

    /**
     * Tells all sessions that the server goes down, and closes them one after the other: 2,000 a second, or as many as
     * the grace asks for. Each is told to come back when the last is gone, and they spread over as long a time again.
     * Completes when all are gone, or with the end of the grace.
     */
    public Future<?> drain(Vertx vertx, Duration grace) {
        draining = true;
        int all = viewers();
        long spreadMillis = Math.min(all / RESTARTS_PER_MILLI, grace.toMillis() * 3 / 4);
        loops.forEach(loop -> loop.drain(spreadMillis));
        long untilMillis = System.currentTimeMillis() + grace.toMillis();
        Promise<Void> gone = Promise.promise();
        vertx.getOrCreateContext()
                .runOnContext(turn -> vertx.setPeriodic(LOOK_MILLIS, timer -> {
                    if (viewers() == 0 || System.currentTimeMillis() >= untilMillis) {
                        vertx.cancelTimer(timer);
                        gone.tryComplete();
                    }
                }));
        return gone.future();
    }

    /** Whether the server goes down: nobody new is taken. */
    boolean isDraining() {
        return draining;
    }

    /** Figures of the last second; from any thread. */
    public HubFigures figures() {
        return HubFigures.sum(
                viewers(), loops.stream().map(loop -> loop.figures().snapshot()).toList(), encoder.figures());
    }
}
