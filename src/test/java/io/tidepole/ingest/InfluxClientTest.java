package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.influxdb.client.InfluxDBClient;
import com.influxdb.client.InfluxDBClientFactory;
import com.influxdb.client.domain.WritePrecision;
import com.influxdb.client.write.Point;
import com.influxdb.exceptions.BadRequestException;
import io.tidepole.config.Config;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With the client of InfluxDB for Java as the sender, over a real socket. */
@Timeout(60)
final class InfluxClientTest {
    private final Vertx vertx = Vertx.vertx();
    private final Desk desk = new Desk();
    private String url = "";

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        Config config = Config.of(Map.of());
        new HttpDoors(desk.intake, config.http(), config.ingest(), request -> "127.0.0.1").mount(router);
        url = "http://127.0.0.1:"
                + HttpDoorsTest.await(
                                vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"))
                        .actualPort();
    }

    @AfterEach
    void close() throws Exception {
        HttpDoorsTest.await(vertx.close());
    }

    private static Point point(WritePrecision precision, double value) {
        return Point.measurement("sensors")
                .addTag("device", "sensor-9")
                .addField("temperature", value)
                .time(Instant.ofEpochMilli(Desk.NOON_MICROS / 1_000), precision);
    }

    @Test
    void points_inEveryPrecision_plainAndPacked_areTheSeriesOfHttp() {
        try (InfluxDBClient client = InfluxDBClientFactory.create(url, "any".toCharArray(), "org", "bucket")) {
            assertThat(client.ping()).isTrue();
            for (WritePrecision precision : WritePrecision.values()) {
                client.getWriteApiBlocking().writePoint(point(precision, 21.8));
            }
            client.enableGzip();
            client.getWriteApiBlocking()
                    .writePoints(List.of(point(WritePrecision.MS, 21.8), point(WritePrecision.S, 21.8)));
        }
        desk.json("{\"deviceId\":\"sensor-9\",\"temperature\":21.8}");

        assertThat(desk.out()).hasSize(7).containsOnly("temperature{device=\"sensor-9\"}=21.8");
        assertThat(desk.readings())
                .allMatch(reading -> reading.timeMicros() / 1_000_000 == Desk.NOON_MICROS / 1_000_000);
        assertThat(desk.intake.figures().series()).isOne();
    }

    @Test
    void line_thatIsRefused_isToldToTheClient() {
        try (InfluxDBClient client = InfluxDBClientFactory.create(url, "any".toCharArray(), "org", "bucket")) {
            assertThatThrownBy(() -> client.getWriteApiBlocking()
                            .writeRecord(WritePrecision.MS, "sensors,device=a temperature=warm"))
                    .isInstanceOf(BadRequestException.class);
        }
        assertThat(desk.out()).isEmpty();
    }
}
