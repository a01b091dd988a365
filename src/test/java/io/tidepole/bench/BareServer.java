package io.tidepole.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.guard.Gate;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.push.Access;
import io.tidepole.push.Hub;
import io.tidepole.push.PushLoop;
import io.tidepole.rollup.Rollup;
import io.tidepole.web.WebServer;
import io.tidepole.window.WindowClock;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The push engine alone, behind a door that checks nothing: shows what a delivery costs without all the rest. */
final class BareServer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Map<Map<String, String>, Descriptor> known = new HashMap<>();
    private final Consumer<ReadingBatch> readings;

    private BareServer(Consumer<ReadingBatch> readings) {
        this.readings = readings;
    }

    /** Starts one on the port that is given. */
    public static void main(String[] arguments) {
        Config config = Config.of(Map.of("http.port", arguments[0], "http.loops", "1"));
        WindowClock clock = new WindowClock(System::currentTimeMillis, System::nanoTime);
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(3));
        Topics.register(vertx);
        Hub hub = new Hub(config, new Hub.Identity("bare", "bare", "bare", clock.millis()), clock, Access.OPEN);
        Gate gate = new Gate(config.connections(), System::currentTimeMillis);
        BareServer server = new BareServer(Topics.READINGS.publisher(vertx));
        vertx.deployVerticle(new Rollup(1_000_000, clock, new io.tidepole.bus.Backlog(1_000_000)))
                .compose(done -> hub.start(vertx))
                .compose(done -> vertx.deployVerticle(new WebServer(
                        config.http(),
                        config.shutdown().grace(),
                        new AtomicInteger(),
                        options -> {},
                        (ours, context) -> viewers(hub, gate, ours, context),
                        router -> {
                            router.post("/api/v1/readings").handler(server::take);
                            router.get("/api/v1/stats").handler(request -> request.response()
                                    .end("{\"behind\":" + hub.figures().behind() + "}"));
                        })))
                .onFailure(problem -> {
                    throw new IllegalStateException(problem);
                });
    }

    private static WebServer.Connections viewers(Hub hub, Gate gate, Vertx vertx, Context context) {
        PushLoop loop = hub.openLoop(vertx, context, io.tidepole.push.ReadingDoor.NONE);
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

    private void take(RoutingContext request) {
        request.request().body().onSuccess(body -> {
            readings.accept(batch(body));
            request.response().end("{}");
        });
    }

    private ReadingBatch batch(Buffer body) {
        ReadingBatch.Builder batch = new ReadingBatch.Builder(16);
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                reading(parser, batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return batch.build(System.currentTimeMillis() * 1000);
    }

    private void reading(JsonParser parser, ReadingBatch.Builder batch) throws IOException {
        Map<String, String> labels = new TreeMap<>();
        double value = 0;
        long time = 0;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "timestamp" -> time = parser.getLongValue();
                case FeedPlan.METRIC -> value = parser.getDoubleValue();
                case "deviceId" -> labels.put("device", parser.getText());
                default -> labels.put(field, parser.getText());
            }
        }
        Descriptor series = known.computeIfAbsent(
                labels, map -> Descriptor.gauge(SeriesKey.of(FeedPlan.METRIC, map), new Unit("Cel")));
        batch.add(series, time, value);
    }
}
