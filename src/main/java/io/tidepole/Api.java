package io.tidepole;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.auth.Rights;
import io.tidepole.config.Config;
import io.tidepole.history.DiskFigures;
import io.tidepole.history.History;
import io.tidepole.host.HostInfo;
import io.tidepole.host.HostSampler;
import io.tidepole.host.ProcessEntry;
import io.tidepole.host.ProcessSnapshot;
import io.tidepole.ingest.MqttDoor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.telemetry.Counts;
import io.tidepole.telemetry.SelfMetrics;
import io.tidepole.web.Answers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/** What is served over plain HTTP beside the pages; see {@code docs/protocol.md}. */
final class Api {
    private static final long PAGE_SPAN_MILLIS = 900_000;

    private final Config config;
    private final Version version;
    private final HostSampler host;
    private final History history;
    private final MqttDoor mqtt;
    private final SelfMetrics metrics;
    private volatile boolean ready;

    Api(Config config, Version version, HostSampler host, History history, MqttDoor mqtt, SelfMetrics metrics) {
        this.config = config;
        this.version = version;
        this.host = host;
        this.history = history;
        this.mqtt = mqtt;
        this.metrics = metrics;
    }

    /** Whether load balancers may send viewers here. */
    void ready(boolean now) {
        ready = now;
    }

    void mount(Router router) {
        router.get("/health/live").handler(request -> health(request, true));
        router.get("/health/ready").handler(request -> health(request, ready));
        router.get("/metrics").handler(this::scrape);
        router.get("/api/v1/stats").handler(this::stats);
        router.get("/api/v1/host").handler(this::host);
        router.get("/api/v1/processes").handler(this::processes);
        router.getWithRegex("/ws|/ingest|/echo").handler(request -> {
            request.response().putHeader("Upgrade", "websocket").putHeader("Sec-WebSocket-Version", "13");
            Answers.error(request, 426, "upgrade_required", "this is where WebSockets are opened");
        });
    }

    private static void health(RoutingContext request, boolean good) {
        request.response()
                .setStatusCode(good ? 200 : 503)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain")
                .end(good ? "ok\n" : "not ready\n");
    }

    private void scrape(RoutingContext request) {
        request.vertx()
                .executeBlocking(metrics::scrape, false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(request::fail);
    }

    private void stats(RoutingContext request) {
        Counts counts = metrics.counts();
        SelfMetrics.Rates rates = metrics.rates();
        MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        Answers.json(request, json -> {
            json.writeNumberField("activeConnections", counts.viewers());
            json.writeNumberField("messagesPerSecond", rates.messagesPerSecond());
            json.writeNumberField("averageMessageSizeBytes", Math.round(rates.averageMessageBytes()));
            json.writeNumberField("disconnectRatePerMinute", rates.disconnectsPerMinute());
            json.writeObjectFieldStart("memoryUsage");
            json.writeNumberField("heapUsed", heap.getUsed());
            json.writeNumberField("heapMax", heap.getMax());
            json.writeEndObject();
            json.writeNumberField("series", counts.series());
            json.writeNumberField("refused", counts.refusedReadings());
            json.writeNumberField("late", counts.lateReadings());
            json.writeNumberField("duplicates", counts.duplicateReadings());
            json.writeNumberField("doubtful", counts.doubtfulReadings());
            json.writeNumberField("behind", counts.behind());
            json.writeNumberField("groups", counts.groups());
            json.writeNumberField("deliveries", counts.deliveries());
            json.writeNumberField("deliveredBytes", counts.deliveredBytes());
            json.writeNumberField("catchUps", counts.catchUps());
            json.writeNumberField("tooSlow", counts.tooSlow());
            json.writeNumberField("dead", counts.dead());
            json.writeNumberField("historyBytes", counts.historyBytes());
            disk(json, history.disk());
            json.writeNumberField("intervalMillis", config.host().interval().toMillis());
        });
    }

    private static void disk(JsonGenerator json, DiskFigures disk) throws IOException {
        json.writeObjectFieldStart("disk");
        json.writeStringField("state", disk.state().wireName());
        json.writeStringField("reason", disk.state().reason());
        json.writeNumberField("bytes", disk.bytes());
        json.writeNumberField("days", disk.days());
        json.writeNumberField("waiting", disk.waiting());
        json.writeNumberField("unsealed", disk.unsealed());
        json.writeNumberField("commits", disk.commits());
        json.writeNumberField("readings", disk.readings());
        json.writeNumberField("unkept", disk.unkept());
        json.writeNumberField("commitMillis", disk.commitMillis());
        json.writeEndObject();
    }

    private void host(RoutingContext request) {
        HostInfo info = host.info();
        Answers.json(request, json -> {
            json.writeStringField("host", info.name());
            json.writeStringField("os", info.os());
            json.writeNumberField("cores", info.cores());
            if (info.bootTimeMillis().isPresent()) {
                json.writeNumberField("bootTime", info.bootTimeMillis().getAsLong());
            }
            if (info.memoryTotal().isPresent()) {
                json.writeNumberField("memoryTotal", info.memoryTotal().getAsLong());
            }
            json.writeStringField("version", version.text());
            if (info.network().isPresent()) {
                json.writeObjectFieldStart("network");
                json.writeStringField("interface", info.network().get().interfaceName());
                if (info.network().get().bitsPerSecond().isPresent()) {
                    json.writeNumberField(
                            "speed", info.network().get().bitsPerSecond().getAsLong());
                }
                json.writeEndObject();
            }
            json.writeObjectFieldStart("doors");
            json.writeBooleanField("http", true);
            json.writeBooleanField("websocket", true);
            json.writeNumberField("mqtt", mqtt.port());
            json.writeEndObject();
            json.writeObjectFieldStart("history");
            json.writeNumberField("seconds", PAGE_SPAN_MILLIS / 1_000);
            json.writeEndObject();
        });
    }

    /** Commands and users of this machine are for those who may read its metrics. */
    private void processes(RoutingContext request) {
        SeriesKey counted = SeriesKey.of("process_count", "host", host.info().name());
        if (!Rights.of(request).mayRead(counted)) {
            Answers.error(request, 403, "forbidden", "this takes the right to read " + counted);
            return;
        }
        ProcessSnapshot snapshot = host.processes();
        Answers.json(request, json -> {
            json.writeNumberField("t", snapshot.timeMillis());
            json.writeNumberField("count", snapshot.count());
            json.writeArrayFieldStart("processes");
            for (ProcessEntry process : snapshot.processes()) {
                json.writeStartObject();
                json.writeNumberField("pid", process.pid());
                json.writeStringField("command", process.command());
                json.writeStringField("user", process.user());
                json.writeNumberField("cpu", Math.rint(process.cpuPercent() * 10) / 10);
                json.writeNumberField("memory", process.memoryBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
