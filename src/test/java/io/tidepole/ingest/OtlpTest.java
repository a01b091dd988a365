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
        new HttpDoors(desk.intake, config.http(), config.ingest()).mount(router);
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
                        "latency_sum{device=\"quay-01\",service_name=\"shop\"}=42.0");
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
}
