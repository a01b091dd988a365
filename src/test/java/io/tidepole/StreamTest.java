package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Viewers over plain HTTP. */
final class StreamTest {
    private Tidepole tidepole;
    private int port;

    @BeforeEach
    void start() throws Exception {
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "1",
                        "history.durability", "memory",
                        "host.enabled", "false",
                        "mqtt.enabled", "false",
                        "websocket.heartbeat", "1s")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        tidepole.stop();
    }

    /** The lines of a stream. */
    private final class Events implements AutoCloseable {
        private final HttpURLConnection connection;
        private final BufferedReader lines;

        Events(String query, String lastEventId) throws IOException {
            connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/api/v1/stream?" + query)
                    .toURL()
                    .openConnection();
            connection.setReadTimeout(30_000);
            if (!lastEventId.isEmpty()) {
                connection.setRequestProperty("Last-Event-ID", lastEventId);
            }
            assertThat(connection.getContentType()).isEqualTo("text/event-stream");
            lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line that begins so; null at the end. */
        String next(String beginning) throws IOException {
            String line = lines.readLine();
            while (line != null && !line.startsWith(beginning)) {
                line = lines.readLine();
            }
            return line;
        }

        @Override
        public void close() {
            connection.disconnect();
        }
    }

    private void feed(String metric, double value) {
        long now = System.currentTimeMillis() * 1_000;
        Topics.READINGS
                .publisher(tidepole.vertx())
                .accept(new ReadingBatch.Builder(1)
                        .add(Descriptor.gauge(SeriesKey.of(metric, "device", "a"), Unit.CELSIUS), now, value)
                        .build(now));
    }

    @Test
    void stream_has_what_a_socket_has() throws IOException {
        try (Events flat = new Events("select=streamed&interval=0", "");
                Events columns = new Events("select=streamed&interval=0&shape=columns", "");
                RawViewer socket = new RawViewer(port, RawViewer.COLUMNS)) {
            socket.send("{\"type\":\"subscribe\",\"select\":[\"streamed\"],\"interval\":0}");
            socket.next("subscribed");
            assertThat(flat.next("data: ")).contains("\"type\":\"welcome\"");
            assertThat(flat.next("data: ")).contains("\"type\":\"subscribed\"");
            assertThat(columns.next("data: {\"type\":\"subscribed\"")).contains("\"series\":[]");
            feed("streamed", 21.5);
            assertThat(flat.next("data: ")).contains("\"metric\":\"streamed\"").contains("\"value\":21.5");
            assertThat(columns.next("data: ")).contains("series.added");
            assertThat(columns.next("data: ")).isEqualTo("data: " + socket.next("metric.update"));
        }
    }

    @Test
    void subscribe_ofTopics_isOneMoreAndIsAnswered() throws Exception {
        String topics = "{\"type\":\"subscribe\",\"requestId\":\"t\",\"topics\":[\"device.state\"]}";
        String series = "{\"type\":\"subscribe\",\"requestId\":\"s\",\"select\":[\"streamed\"]}";
        try (Events events = new Events(
                "shape=columns&subscribe=" + URLEncoder.encode(topics, StandardCharsets.UTF_8) + "&subscribe="
                        + URLEncoder.encode(series, StandardCharsets.UTF_8),
                "")) {
            String answers =
                    events.next("data: {\"type\":\"subscribed\"") + events.next("data: {\"type\":\"subscribed\"");
            assertThat(answers).contains("\"requestId\":\"t\"").contains("\"requestId\":\"s\"");
            HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/readings"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"deviceId\":\"a\",\"streamed\":1}"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(events.next("data: {\"type\":\"device.state\"")).contains("\"deviceId\":\"a\"");
        }
    }

    @Test
    void windows_carry_an_id_and_a_client_that_comes_back_is_told_where_it_was() throws IOException {
        feed("windowed", 1);
        try (Events events = new Events("select=windowed&interval=1000", "1760000000000")) {
            assertThat(events.next("data: {\"type\":\"resume\"")).contains("\"from\":1760000000000}");
            events.next("data: {\"type\":\"subscribed\"");
            String update = ":";
            while (!update.startsWith("data: {\"type\":\"metric.update\"")) {
                feed("windowed", 2); // the first may belong to the window that is not sent live
                update = events.next("");
            }
            String end = update.replaceAll(".*\"timestamp\":(\\d+).*", "$1");
            assertThat(events.next("id: ")).isEqualTo("id: " + end);
        }
    }

    @Test
    void silent_stream_has_heartbeats_and_ends_when_the_server_goes() throws IOException {
        try (Events events = new Events("select=silent", "")) {
            assertThat(events.next(":")).isEqualTo(":");
            tidepole.hub().drain(tidepole.vertx(), java.time.Duration.ofSeconds(5));
            assertThat(events.next("data: {\"type\":\"server.draining\"")).contains("reconnectAfterMillis");
            assertThat(events.next("data: ")).isNull();
        }
    }

    @Test
    void bad_question_is_refused_with_a_reason() throws IOException {
        for (String query : new String[] {
            "",
            "select=a%7B",
            "select=a&interval=7",
            "select=a&stat=x",
            "select=a&shape=round",
            "subscribe=%7B",
            "subscribe=%7B%22type%22:%22sensor.reading%22,%22deviceId%22:%22a%22,%22t%22:1%7D"
        }) {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/api/v1/stream?" + query)
                            .toURL()
                            .openConnection();
            assertThat(connection.getResponseCode()).as(query).isEqualTo(400);
        }
    }
}
