package io.tidepole;

import io.tidepole.auth.Authenticator;
import io.tidepole.auth.Brake;
import io.tidepole.auth.Directory;
import io.tidepole.auth.HttpAccess;
import io.tidepole.auth.LoginRoutes;
import io.tidepole.auth.Origins;
import io.tidepole.auth.Principal;
import io.tidepole.auth.Rights;
import io.tidepole.bus.Backlog;
import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.config.HttpConfig;
import io.tidepole.dashboard.Annotations;
import io.tidepole.dashboard.Dashboards;
import io.tidepole.device.Devices;
import io.tidepole.guard.Gate;
import io.tidepole.history.DiskFigures;
import io.tidepole.history.History;
import io.tidepole.host.HostSampler;
import io.tidepole.ingest.Authoriser;
import io.tidepole.ingest.HttpDoors;
import io.tidepole.ingest.Intake;
import io.tidepole.ingest.MessageDoor;
import io.tidepole.ingest.MqttBroker;
import io.tidepole.ingest.MqttDoor;
import io.tidepole.ingest.MqttSocketDoor;
import io.tidepole.ingest.Sender;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.prometheus.PrometheusApi;
import io.tidepole.push.Access;
import io.tidepole.push.Hub;
import io.tidepole.push.HubFigures;
import io.tidepole.push.PushLoop;
import io.tidepole.push.ReadingDoor;
import io.tidepole.rollup.Rollup;
import io.tidepole.telemetry.Counts;
import io.tidepole.telemetry.SelfMetrics;
import io.tidepole.web.StaticFiles;
import io.tidepole.web.WebServer;
import io.tidepole.window.WindowClock;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.transport.Transport;
import io.vertx.ext.web.RoutingContext;
import io.vertx.micrometer.Label;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.VertxPrometheusOptions;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** One server: its rooms, wired together. */
public final class Tidepole {
    /** How long requests in flight have to end once the viewers are gone. */
    private static final Duration IN_FLIGHT = Duration.ofMillis(500);

    private static final Duration CLOSING = Duration.ofSeconds(20);
    private final Config config;
    private final Version version;
    private final long startedMillis = System.currentTimeMillis();
    private final WindowClock clock = new WindowClock(System::currentTimeMillis, System::nanoTime);
    private final AtomicInteger port = new AtomicInteger();
    private final Vertx vertx;
    private final SelfMetrics metrics;
    private final Rollup rollup;
    private final History history;
    private final HostSampler host;
    private final Hub hub;
    private final Gate gate;
    private final BehindProxies front;
    private final Tls tls;
    private final Authenticator authenticator;
    private final Origins origins;
    private final Devices devices;
    private final Intake intake;
    private final HttpDoors doors;
    private final MqttDoor mqtt;
    private final MqttSocketDoor mqttSocket;
    private final Dashboards dashboards;
    private final Annotations annotations;
    private final Api api;
    private final HistoryApi historyApi;
    private final DeviceRoutes deviceRoutes;
    private final PrometheusApi prometheus;
    private final SystemRoutes systemRoutes;
    private Future<String> past = Future.failedFuture("not started");

    /** A server that is not started yet. */
    public Tidepole(Config config, Version version) {
        this.config = config;
        this.version = version;
        this.metrics = new SelfMetrics(this::counts);
        this.vertx = vertx(config, metrics);
        Topics.register(vertx);
        Backlog backlog = new Backlog(config.ingest().maxBacklog());
        this.rollup = new Rollup(config.limits().series(), clock, backlog);
        this.history = new History(config.history(), config.data(), startedMillis);
        this.host = new HostSampler(config.host(), this::keep, () -> clock.millis() * 1_000);
        this.gate = new Gate(config.connections(), System::currentTimeMillis);
        this.front = new BehindProxies(gate);
        this.tls = new Tls(vertx, config);
        this.origins = new Origins(config.auth().origins());
        this.authenticator = config.auth().enabled()
                ? new Directory(vertx, config.auth(), config.data(), System::currentTimeMillis, brake())
                : Authenticator.OPEN;
        this.hub = new Hub(
                config,
                identity(),
                clock,
                new Access(authenticator, origins, config.auth().patience(), this::mayHearOf));
        this.devices = new Devices(config.limits().series());
        this.intake = new Intake(
                config.ingest(),
                config.limits(),
                this::nowMicros,
                Topics.READINGS.publisher(vertx),
                backlog,
                history::append,
                devices,
                config.auth().enabled() ? Authoriser.GRANTED : Authoriser.OPEN);
        this.doors = new HttpDoors(intake, config.http(), config.ingest(), front::client);
        this.mqtt = new MqttDoor(
                config.mqtt(), config.http().host(), intake, devices::goodbye, authenticator, gate, mqttOverTls());
        this.mqttSocket = new MqttSocketDoor(vertx, mqtt, front::client);
        this.api = new Api(config, version, host, history, mqtt, metrics);
        this.historyApi = new HistoryApi(history, clock, Tidepole::mayRead);
        this.prometheus =
                new PrometheusApi(new PrometheusStorage(history, Tidepole::mayRead), clock::millis, version.text());
        this.dashboards = new Dashboards(config.dashboards(), notice -> hub.tell(List.of(notice)));
        this.annotations = new Annotations(config.data(), notice -> hub.tell(List.of(notice)));
        this.deviceRoutes =
                new DeviceRoutes(devices, this::nowMicros, request -> device -> mayHearOf(Rights.of(request), device));
        this.systemRoutes = new SystemRoutes(config, version, startedMillis, hub, intake, rollup, history, devices);
    }

    /** Nothing that is served by Vert.x's own WebSockets is deflated: it sets no limit to what comes out. */
    private void options(HttpServerOptions options) {
        options.addWebSocketSubProtocol(MqttSocketDoor.SUBPROTOCOL).setPerMessageWebSocketCompressionSupported(false);
        tls.http(options);
    }

    /** Passwords and tokens have one each: a device with an old token keeps nobody from logging in. */
    private Brake brake() {
        return new LoginBrake(config.rates().failedLogins(), System::currentTimeMillis);
    }

    private Optional<MqttDoor.Secure> mqttOverTls() {
        return config.tls().enabled()
                ? Optional.of(new MqttDoor.Secure(config.tls().mqttPort(), tls::secure))
                : Optional.empty();
    }

    /** Readings that nobody waits for: the history counts those that it cannot keep. */
    private void keep(ReadingBatch batch) {
        Topics.READINGS.publisher(vertx).accept(batch);
        history.append(batch);
    }

    private long nowMicros() {
        return clock.millis() * 1_000;
    }

    private static Vertx vertx(Config config, SelfMetrics metrics) {
        HttpConfig http = config.http();
        VertxOptions options = new VertxOptions()
                .setPreferNativeTransport(http.transport() == HttpConfig.Transport.AUTO)
                .setEventLoopPoolSize(loops(http) + 2)
                .setWorkerPoolSize(8)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false))
                .setMetricsOptions(measures(config.connections().proxyProtocol()));
        VertxBuilder builder =
                Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(metrics.registry()));
        return switch (http.transport()) {
            case AUTO -> builder.build();
            case EPOLL -> builder.withTransport(Transport.EPOLL).build();
            case IO_URING -> builder.withTransport(Transport.IO_URING).build();
            case NIO -> builder.withTransport(Transport.NIO).build();
        };
    }

    private static MicrometerMetricsOptions measures(boolean proxyProtocol) {
        MicrometerMetricsOptions options = new MicrometerMetricsOptions()
                .setEnabled(true)
                .setPrometheusOptions(new VertxPrometheusOptions().setEnabled(true))
                // A measure of each message on the bus would cost more than the message.
                .addDisabledMetricsCategory(MetricsDomain.EVENT_BUS);
        if (proxyProtocol) {
            // Vert.x 5.0 can be asked once for the address in a PROXY header, and its measures ask first
            // (NetServerImpl).
            options.addDisabledMetricsCategory(MetricsDomain.HTTP_SERVER);
        }
        return options.setLabels(
                EnumSet.of(Label.HTTP_METHOD, Label.HTTP_CODE, Label.LOCAL, Label.POOL_TYPE, Label.POOL_NAME));
    }

    private static int loops(HttpConfig http) {
        return http.loops() > 0 ? http.loops() : Runtime.getRuntime().availableProcessors();
    }

    private Hub.Identity identity() {
        return new Hub.Identity(
                "Tidepole " + version.text(),
                Long.toString(startedMillis, 36)
                        + Integer.toString(ThreadLocalRandom.current().nextInt(1_296), 36),
                host.info().name(),
                startedMillis);
    }

    private static Predicate<SeriesKey> mayRead(RoutingContext request) {
        return Rights.of(request).grant().read();
    }

    /** Of a device that sends nothing that one may read one does not hear. */
    private boolean mayHearOf(Principal principal, String device) {
        return principal.grant().read().everything()
                || principal.mayWrite(device)
                || intake.hasSeries(device, principal::mayRead);
    }

    /** Starts the rooms in the order in which data flows, and last the door for viewers. Yields the port. */
    public Future<Integer> start() {
        past = vertx.deployVerticle(history);
        Future<StaticFiles> pages = vertx.executeBlocking(StaticFiles::load, false);
        return tls.load()
                .compose(done -> vertx.deployVerticle(rollup))
                .compose(done -> hub.start(vertx))
                .compose(done -> watchDashboards())
                .compose(done -> config.host().enabled() ? vertx.deployVerticle(host) : Future.succeededFuture())
                .compose(done -> past)
                .compose(done -> pages)
                .compose(this::serve)
                .compose(done -> tls.redirect(port.get()))
                .compose(done -> mqtt.start(vertx, loops(config.http())))
                .compose(done -> config.mqtt().broker().isWanted()
                        ? vertx.deployVerticle(new MqttBroker(config.mqtt().broker(), intake))
                        : Future.succeededFuture())
                .map(done -> {
                    vertx.setPeriodic(1_000, timer -> {
                        metrics.everySecond();
                        hub.tell(devices.changes(nowMicros()));
                    });
                    api.ready(true);
                    return port.get();
                })
                .onSuccess(listening -> vertx.executeBlocking(() -> {
                            metrics.bindJvm();
                            return listening;
                        })
                        .onFailure(problem -> {}));
    }

    private Future<String> serve(StaticFiles pages) {
        HttpAccess access = new HttpAccess(authenticator, origins, front);
        LoginRoutes logins = new LoginRoutes(authenticator, pages.hash(), brake());
        return vertx.deployVerticle(
                () -> new WebServer(config.http(), IN_FLIGHT, port, this::options, this::connections, router -> {
                    access.mount(router);
                    logins.mount(router);
                    doors.mount(router);
                    mqttSocket.mount(router);
                    api.mount(router);
                    new StreamRoutes(clock::millis).mount(router);
                    historyApi.mount(router);
                    new DashboardRoutes(dashboards, annotations, config.embed(), clock::millis).mount(router, pages);
                    deviceRoutes.mount(router);
                    prometheus.mount(router);
                    systemRoutes.mount(router);
                    pages.mount(router);
                }),
                new DeploymentOptions().setInstances(loops(config.http())));
    }

    /** Reads what people wrote, now and each second. */
    private Future<?> watchDashboards() {
        AtomicBoolean busy = new AtomicBoolean();
        vertx.setPeriodic(1_000, timer -> {
            if (busy.compareAndSet(false, true)) {
                vertx.executeBlocking(Executors.callable(dashboards::refresh), false)
                        .onComplete(done -> busy.set(false));
            }
        });
        return vertx.executeBlocking(
                () -> {
                    dashboards.refresh();
                    annotations.load();
                    return true;
                },
                false);
    }

    private WebServer.Connections connections(Vertx ours, Context context) {
        PushLoop loop = hub.openLoop(ours, context, this::door);
        return new WebServer.Connections() {
            @Override
            public void opened(HttpConnection connection) {
                loop.attach(connection, gate);
            }

            @Override
            public void close() {
                loop.close();
            }
        };
    }

    private ReadingDoor.OnLoop door(Executor turn) {
        MessageDoor door = new MessageDoor(intake, turn);
        return new ReadingDoor.OnLoop() {
            @Override
            public boolean takes(byte[] bytes, int length) {
                return MessageDoor.isReading(bytes, 0, length);
            }

            @Override
            public Future<byte[]> message(String address, Principal principal, byte[] bytes, int length) {
                return door.message(new Sender(address, principal), bytes, 0, length);
            }
        };
    }

    /** Tells viewers, lets requests end, and stops everything: what keeps readings goes after what takes them in. */
    public void stop() {
        api.ready(false);
        try {
            Duration grace = config.shutdown().grace();
            await(hub.drain(vertx, grace), grace.plusSeconds(5));
            await(stopAllButHistory().eventually(vertx::close), CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the server did not stop in order", e);
        } finally {
            metrics.close();
        }
    }

    private Future<?> stopAllButHistory() {
        return Future.join(vertx.deploymentIDs().stream()
                .filter(id -> !id.equals(past.result()))
                .map(vertx::undeploy)
                .toList());
    }

    private static void await(Future<?> future, Duration most)
            throws InterruptedException, ExecutionException, TimeoutException {
        future.toCompletionStage().toCompletableFuture().get(most.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** For tests, which feed and watch the bus. */
    Vertx vertx() {
        return vertx;
    }

    /** For tests. */
    History history() {
        return history;
    }

    /** For tests. */
    Hub hub() {
        return hub;
    }

    private Counts counts() {
        HubFigures viewers = hub.figures();
        Rollup.Figures windows = rollup.figures();
        return new Counts(
                viewers.viewers(),
                viewers.behind(),
                viewers.mostHeld(),
                viewers.groups(),
                windows.series(),
                viewers.deliveries(),
                viewers.bytes(),
                viewers.ended(),
                viewers.catchUps(),
                viewers.tooSlow(),
                viewers.dead(),
                windows.lateReadings(),
                windows.duplicateReadings(),
                windows.doubtfulReadings(),
                windows.refusedReadings() + refusedAtDoors(),
                history.figures().bytes(),
                disk());
    }

    private Counts.Disk disk() {
        DiskFigures disk = history.disk();
        return new Counts.Disk(
                disk.bytes(),
                disk.days(),
                disk.waiting(),
                disk.unsealed(),
                disk.commits(),
                disk.readings(),
                disk.unkept(),
                disk.commitMillis());
    }

    private long refusedAtDoors() {
        return intake.figures().refused().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Whether this is how the system says that an address cannot be had. */
    static boolean isAddressProblem(Throwable problem) {
        return problem instanceof IOException || problem instanceof UnresolvedAddressException;
    }
}
