package io.tidepole;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.config.Config;
import io.tidepole.device.Devices;
import io.tidepole.history.DiskFigures;
import io.tidepole.history.History;
import io.tidepole.ingest.Intake;
import io.tidepole.push.Hub;
import io.tidepole.push.HubFigures;
import io.tidepole.rollup.Rollup;
import io.tidepole.web.Answers;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What the server says of itself to the people who run it; see {@code docs/protocol.md}. */
final class SystemRoutes {
    private final Config config;
    private final Version version;
    private final long startedMillis;
    private final Hub hub;
    private final Intake intake;
    private final Rollup rollup;
    private final History history;
    private final Devices devices;

    SystemRoutes(
            Config config,
            Version version,
            long startedMillis,
            Hub hub,
            Intake intake,
            Rollup rollup,
            History history,
            Devices devices) {
        this.config = config;
        this.version = version;
        this.startedMillis = startedMillis;
        this.hub = hub;
        this.intake = intake;
        this.rollup = rollup;
        this.history = history;
        this.devices = devices;
    }

    void mount(Router router) {
        router.get("/api/v1/system").handler(this::system);
        router.get("/api/v1/config").handler(this::config);
    }

    private void system(RoutingContext request) {
        Answers.json(request, json -> {
            json.writeStringField("version", version.text());
            json.writeNumberField("started", startedMillis);
            json.writeNumberField("t", System.currentTimeMillis());
            json.writeStringField(
                    "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.version"));
            json.writeNumberField("pid", ProcessHandle.current().pid());
            json.writeNumberField("cpuSeconds", cpuSeconds());
            viewers(json, hub.figures());
            readings(json, intake.figures(), rollup.figures());
            kept(json, history);
            json.writeNumberField("devices", devices.size());
        });
    }

    private static void viewers(JsonGenerator json, HubFigures figures) throws IOException {
        json.writeObjectFieldStart("viewers");
        json.writeNumberField("now", figures.viewers());
        json.writeNumberField("behind", figures.behind());
        json.writeNumberField("mostHeldBytes", figures.mostHeld());
        json.writeNumberField("groups", figures.groups());
        json.writeNumberField("deflaters", figures.deflaters());
        json.writeNumberField("series", figures.series());
        json.writeNumberField("deliveries", figures.deliveries());
        json.writeNumberField("deliveredBytes", figures.bytes());
        json.writeNumberField("opened", figures.opened());
        json.writeNumberField("ended", figures.ended());
        json.writeNumberField("catchUps", figures.catchUps());
        json.writeNumberField("tooSlow", figures.tooSlow());
        json.writeNumberField("dead", figures.dead());
        json.writeNumberField("paintMillis", figures.paintMillis());
        json.writeEndObject();
    }

    private static void readings(JsonGenerator json, Intake.Figures doors, Rollup.Figures windows) throws IOException {
        json.writeObjectFieldStart("readings");
        json.writeNumberField("accepted", doors.accepted());
        json.writeNumberField("skippedTexts", doors.skippedTexts());
        json.writeNumberField("late", windows.lateReadings());
        json.writeNumberField("duplicates", windows.duplicateReadings());
        json.writeNumberField("doubtful", windows.doubtfulReadings());
        json.writeNumberField("refusedByWindows", windows.refusedReadings());
        json.writeNumberField("series", windows.series());
        json.writeObjectFieldStart("refused");
        for (Map.Entry<String, Long> code : doors.refused().entrySet()) {
            json.writeNumberField(code.getKey(), code.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void kept(JsonGenerator json, History history) throws IOException {
        DiskFigures disk = history.disk();
        json.writeObjectFieldStart("history");
        json.writeNumberField("memoryBytes", history.figures().bytes());
        json.writeNumberField("series", history.figures().series());
        json.writeStringField("disk", disk.state().wireName());
        json.writeNumberField("diskBytes", disk.bytes());
        json.writeNumberField("days", disk.days());
        json.writeNumberField("waiting", disk.waiting());
        json.writeNumberField("unkept", disk.unkept());
        json.writeNumberField("commitMillis", disk.commitMillis());
        json.writeEndObject();
    }

    /** CPU time of this process, of all its threads. */
    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean machine
                ? machine.getProcessCpuTime() / 1e9
                : 0;
    }

    private void config(RoutingContext request) {
        Answers.json(request, json -> {
            for (Map.Entry<String, String> setting : config.shown().entrySet()) {
                json.writeStringField(setting.getKey(), setting.getValue());
            }
        });
    }
}
