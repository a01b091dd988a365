package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A commit that takes long: what is live does not wait for it, acknowledgements do, and beyond a bound there is a no. */
final class SlowDiskTest {
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 100;

    @TempDir
    private Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private Running server;
    private Mqtt5AsyncClient mqtt;
    private RawViewer viewer;
    private RawViewer socket;

    /** Everything has been used once before the disk is slow. */
    @BeforeEach
    void start() throws Exception {
        server = new Running(
                data, "history.max_waiting", Integer.toString(MOST_WAITING), "mqtt.enabled", "true", "mqtt.port", "0");
        Matcher port = Pattern.compile("\"mqtt\":(\\d+)")
                .matcher(server.get("/api/v1/host").body());
        assertThat(port.find()).isTrue();
        mqtt = MqttClient.builder()
                .useMqttVersion5()
                .identifier("slow")
                .serverHost("127.0.0.1")
                .serverPort(Integer.parseInt(port.group(1)))
                .buildAsync();
        mqtt.connect().get(30, TimeUnit.SECONDS);
        assertThat(post("[" + reading(0.5) + "]").get(30, TimeUnit.SECONDS).statusCode())
                .isEqualTo(200);
        assertThat(publish(0.75).get(30, TimeUnit.SECONDS).getError()).isEmpty();
        socket = new RawViewer(server.port, "/ingest", "", 0);
        socket.send(message("warm", 0.25));
        socket.next("\"requestId\":\"warm\"");
        viewer = new RawViewer(server.port, RawViewer.COLUMNS);
        viewer.send("{\"type\":\"subscribe\",\"select\":[\"level\"],\"interval\":0}");
        viewer.next("\"metric\":\"level\"");
    }

    @AfterEach
    void stop() throws Exception {
        viewer.close();
        socket.close();
        mqtt.disconnect().exceptionally(gone -> null).get(30, TimeUnit.SECONDS);
        server.close();
    }

    private static String reading(double level) {
        return "{\"deviceId\":\"tank\",\"level\":" + level + "}";
    }

    private static String message(String id, double level) {
        return "{\"type\":\"sensor.reading\",\"requestId\":\"" + id + "\","
                + reading(level).substring(1);
    }

    private CompletableFuture<HttpResponse<String>> post(String json) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/api/v1/readings"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private CompletableFuture<Mqtt5PublishResult> publish(double level) {
        return mqtt.publishWith()
                .topic("sensors/tank")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(reading(level).getBytes(StandardCharsets.UTF_8))
                .send();
    }

    /** So many readings of other devices. */
    private static String many(int readings) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < readings; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"deviceId\":\"other-")
                    .append(i)
                    .append("\",\"timestamp\":")
                    .append(System.currentTimeMillis())
                    .append(",\"weight\":")
                    .append(i)
                    .append('}');
        }
        return json.append(']').toString();
    }

    @Test
    void commit_thatTakesLong_delaysAcknowledgementsAloneAndSendersAreToldBeyondTheBound() throws Exception {
        Semaphore commits = new Semaphore(0);
        server.beforeEachCommit(commits::acquireUninterruptibly);
        List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
        others.add(post(many(BATCH)));
        awaitWaiting(BATCH);
        CompletableFuture<HttpResponse<String>> overHttp = post(reading(1.125));
        viewer.next("1.125");
        CompletableFuture<Mqtt5PublishResult> overMqtt = publish(2.125);
        viewer.next("2.125");
        socket.send(message("waits", 3.125));
        viewer.next("3.125");
        for (int readings = BATCH + 3; readings + BATCH <= MOST_WAITING; readings += BATCH) {
            others.add(post(many(BATCH)));
        }
        awaitWaiting(MOST_WAITING - BATCH + 3);

        HttpResponse<String> refused = post(many(BATCH)).get(30, TimeUnit.SECONDS);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"unavailable\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        others.add(post(many(BATCH - 3)));
        awaitWaiting(MOST_WAITING);
        try (RawViewer other = new RawViewer(server.port, "/ingest", "", 0)) {
            other.send(message("refused", 5.125));
            assertThat(other.next("\"requestId\":\"refused\""))
                    .contains("\"type\":\"error\"")
                    .contains("\"code\":\"unavailable\"");
        }
        assertThatThrownBy(() -> publish(6.125).get(30, TimeUnit.SECONDS))
                .hasMessageContaining("PUBACK contained an Error Code");
        viewer.next("6.125");

        assertThat(overHttp).isNotDone();
        assertThat(overMqtt).isNotDone();
        assertThat(others).noneMatch(CompletableFuture::isDone);
        assertThat(server.get("/api/v1/stats").body()).contains("\"state\":\"slow\"");
        commits.release(1_000_000);
        assertThat(overHttp.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        for (CompletableFuture<HttpResponse<String>> other : others) {
            assertThat(other.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(overMqtt.get(30, TimeUnit.SECONDS).getError()).isEmpty();
        assertThat(socket.next("\"type\":\"ack\"")).contains("\"requestId\":\"waits\"");
    }

    private void awaitWaiting(int readings) throws Exception {
        long endNanos = System.nanoTime() + 60_000_000_000L;
        String stats = "";
        while (!stats.contains("\"waiting\":" + readings + ",")) {
            assertThat(System.nanoTime()).as(stats).isLessThan(endNanos);
            stats = server.get("/api/v1/stats").body();
        }
    }
}
