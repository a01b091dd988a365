package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor.Kind;
import io.tidepole.metric.Reading;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the SDK of OpenTelemetry as the sender, over a real socket. */
final class OtlpTest {
    @Test
    @Timeout(60)
    void metrics_ofTheSdk_becomeSeries() throws Exception {
        Vertx vertx = Vertx.vertx();
        Desk desk = new Desk();
        desk.clockMicros.set(System.currentTimeMillis() * 1_000);
        Router router = Router.router(vertx);
        Config config = Config.of(Map.of());
        new HttpDoors(desk.intake, config.http(), config.ingest(), request -> "127.0.0.1").mount(router);
        int port = HttpDoorsTest.await(
                        vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                .actualPort();
        try {
            send("http://127.0.0.1:" + port + "/v1/metrics");
        } finally {
            HttpDoorsTest.await(vertx.close());
        }

        assertThat(desk.out())
                .contains(
                        "room_temperature{device=\"quay-01\",room=\"north\",service_name=\"shop\"}=21.5",
                        "orders{device=\"quay-01\",service_name=\"shop\"}=3.0",
                        "queue{device=\"quay-01\",service_name=\"shop\"}=-2.0",
                        "latency_count{device=\"quay-01\",service_name=\"shop\"}=2.0",
                        "latency_sum{device=\"quay-01\",service_name=\"shop\"}=42.0",
                        "latency_min{device=\"quay-01\",service_name=\"shop\"}=2.0",
                        "latency_max{device=\"quay-01\",service_name=\"shop\"}=40.0");
        assertThat(reading(desk, "latency_p95").series().kind()).isEqualTo(Kind.GAUGE);
        assertThat(reading(desk, "latency_p95").value()).isBetween(25.0, 40.0);
        assertThat(desk.intake.figures().refused()).isEmpty();
        Reading orders = reading(desk, "orders");
        assertThat(orders.series().kind()).isEqualTo(Kind.COUNTER);
        assertThat(reading(desk, "queue").series().kind()).isEqualTo(Kind.GAUGE);
        assertThat(reading(desk, "latency_sum").series().unit().code()).isEqualTo("ms");
        assertThat(reading(desk, "latency_count").series().unit().code()).isEqualTo("1");
        assertThat(Math.abs(orders.timeMicros() - desk.clockMicros.get())).isLessThan(60_000_000);
    }

    private static Reading reading(Desk desk, String metric) {
        return desk.readings().stream()
                .filter(reading -> reading.series().key().metric().equals(metric))
                .findFirst()
                .orElseThrow();
    }

    private static void send(String address) {
        OtlpHttpMetricExporter exporter = OtlpHttpMetricExporter.builder()
                .setEndpoint(address)
                .setCompression("gzip")
                .build();
        try (SdkMeterProvider provider = SdkMeterProvider.builder()
                .setResource(Resource.create(Attributes.of(
                        AttributeKey.stringKey("host.name"),
                        "quay-01",
                        AttributeKey.stringKey("service.name"),
                        "shop",
                        AttributeKey.stringKey("process.command_line"),
                        "x".repeat(2_000))))
                .registerMetricReader(PeriodicMetricReader.create(exporter))
                .build()) {
            Meter meter = provider.get("test");
            meter.gaugeBuilder("room.temperature")
                    .setUnit("Cel")
                    .build()
                    .set(21.5, Attributes.of(AttributeKey.stringKey("room"), "north"));
            meter.counterBuilder("orders").build().add(3);
            meter.upDownCounterBuilder("queue").build().add(-2);
            var latency = meter.histogramBuilder("latency").setUnit("ms").build();
            latency.record(40);
            latency.record(2);
            assertThat(provider.forceFlush().join(20, TimeUnit.SECONDS).isSuccess())
                    .isTrue();
        }
    }

    @Property(tries = 2_000)
    void bytes_ofAnyKind_neverFailAndEnd(@ForAll @Size(max = 200) byte[] bytes) {
        Desk desk = new Desk();
        desk.take(new OtlpEntries(bytes));
    }

    private static List<String> json(Desk desk, String metric) throws RefusedException {
        String body = "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"host.name\",\"value\":"
                + "{\"stringValue\":\"h\"}}]},\"scopeMetrics\":[{\"scope\":{\"name\":\"s\"},\"metrics\":[" + metric
                + "]}]}]}";
        int before = desk.out().size();
        desk.take(new OtlpEntries(OtlpJson.toProto(body.getBytes(StandardCharsets.UTF_8))));
        return desk.out().subList(before, desk.out().size());
    }

    private static String at(long seconds) {
        return "\"timeUnixNano\":\"" + (Desk.NOON_MICROS + seconds * 1_000_000) * 1_000 + "\"";
    }

    @Test
    void json_readsAsProtobufDoes() throws Exception {
        Desk desk = new Desk();

        assertThat(json(
                        desk,
                        "{\"name\":\"my.gauge\",\"unit\":\"Cel\",\"gauge\":{\"dataPoints\":[{\"asDouble\":-1.5," + at(0)
                                + ",\"attributes\":[{\"key\":\"room\",\"value\":{\"intValue\":\"7\"}}]},{\"asInt\":\"-3\","
                                + at(1) + "},{\"flags\":1," + at(2) + "}]}}"))
                .containsExactly("my_gauge{device=\"h\",room=\"7\"}=-1.5", "my_gauge{device=\"h\"}=-3.0");
        assertThat(desk.readings().get(0).series().unit().code()).isEqualTo("Cel");
        assertThat(desk.readings().get(1).timeMicros()).isEqualTo(Desk.NOON_MICROS + 1_000_000);
        assertThat(desk.intake.figures().refused()).isEmpty();
    }

    @Test
    void deltaSums_areAddedUp_andOneThatComesAgainIsNot() throws Exception {
        Desk desk = new Desk();
        String sum = "{\"name\":\"hits\",\"sum\":{\"aggregationTemporality\":1,\"isMonotonic\":true,\"dataPoints\":[{"
                + "\"asInt\":5,";

        assertThat(json(desk, sum + at(0) + "}]}}")).containsExactly("hits{device=\"h\"}=5.0");
        assertThat(json(desk, sum + at(1) + "}]}}")).containsExactly("hits{device=\"h\"}=10.0");
        assertThat(json(desk, sum + at(1) + "}]}}")).containsExactly("hits{device=\"h\"}=10.0");
        assertThat(desk.readings().get(0).series().kind()).isEqualTo(Kind.COUNTER);
    }

    @Test
    void histograms_haveQuantiles() throws Exception {
        Desk desk = new Desk();
        List<String> explicit = json(
                desk,
                "{\"name\":\"wait\",\"unit\":\"ms\",\"histogram\":{\"aggregationTemporality\":2,\"dataPoints\":[{\"count\":"
                        + "\"10\",\"sum\":55.5,\"bucketCounts\":[\"0\",\"8\",\"2\"],\"explicitBounds\":[0,8],\"max\":12,"
                        + at(0) + "}]}}");
        assertThat(explicit)
                .contains(
                        "wait_count{device=\"h\"}=10.0",
                        "wait_sum{device=\"h\"}=55.5",
                        "wait_p50{device=\"h\"}=5.0",
                        "wait_p95{device=\"h\"}=11.0",
                        "wait_max{device=\"h\"}=12.0");

        List<String> exponential = json(
                desk,
                "{\"name\":\"size\",\"exponentialHistogram\":{\"aggregationTemporality\":1,\"dataPoints\":[{\"count\":4,"
                        + "\"sum\":9,\"scale\":0,\"zeroCount\":\"1\",\"positive\":{\"offset\":1,\"bucketCounts\":[\"1\",\"1\"]},"
                        + "\"negative\":{\"offset\":0,\"bucketCounts\":[\"1\"]}," + at(0) + "}]}}");
        assertThat(exponential)
                .contains("size_count{device=\"h\"}=4.0", "size_sum{device=\"h\"}=9.0", "size_p50{device=\"h\"}=0.0")
                .anyMatch(reading -> reading.startsWith("size_p99{device=\"h\"}=7."));
    }

    @Property(tries = 2_000)
    void text_ofAnyKind_isRefusedOrRead(@ForAll @Size(max = 200) byte[] bytes) {
        try {
            new Desk().take(new OtlpEntries(OtlpJson.toProto(bytes)));
        } catch (RefusedException refused) {
            assertThat(refused.status).isEqualTo(400);
        }
    }
}
