package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole server and real sockets. */
final class ViewersTest {
    private static final Random RANDOM = new Random(1);
    private static Tidepole tidepole;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port",
                        "0",
                        "http.loops",
                        "2",
                        "host.enabled",
                        "false",
                        "push.degrade_after",
                        "1s",
                        "history.durability",
                        "memory")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    private static void feed(String metric, double value) {
        feed(metric, value, 0);
    }

    private static void feed(String metric, double value, long agoMillis) {
        long now = System.currentTimeMillis();
        Topics.READINGS
                .publisher(tidepole.vertx())
                .accept(new ReadingBatch.Builder(1)
                        .add(
                                Descriptor.gauge(SeriesKey.of(metric, "device", "a"), Unit.CELSIUS),
                                (now - agoMillis) * 1_000,
                                value)
                        .build(now * 1_000));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String subscribe(String select, int interval) {
        return "{\"type\":\"subscribe\",\"requestId\":\"r\",\"select\":[\"" + select + "\"],\"interval\":" + interval
                + "}";
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void viewer_is_welcomed_and_gets_each_reading_as_it_comes() throws IOException {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            assertThat(viewer.response)
                    .startsWith("HTTP/1.1 101")
                    .contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            assertThat(viewer.next("welcome")).contains("\"subprotocol\":\"metrics.v1.columns\"");
            viewer.send(subscribe("each", 0));
            assertThat(viewer.next("subscribed"))
                    .contains("\"requestId\":\"r\"")
                    .contains("\"series\":[]");
            feed("each", 21.5);
            assertThat(viewer.next("series.added"))
                    .contains("\"metric\":\"each\"")
                    .contains("\"unit\":\"Cel\"");
            assertThat(viewer.next("metric.update")).contains("\"values\":[21.5]");
            feed("each", 22);
            assertThat(viewer.next("metric.update")).contains("\"values\":[22]");
        }
    }

    @Test
    void viewer_that_subscribes_twice_to_the_same_still_gets_it() throws IOException {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send(subscribe("twice", 0));
            viewer.next("\"subscription\":1");
            viewer.send(subscribe("twice", 0));
            viewer.next("\"subscription\":2");
            feed("twice", 21);
            assertThat(viewer.next("metric.update")).contains("\"values\":[21]");
        }
    }

    @Test
    void series_whose_only_reading_came_too_late_for_its_window_is_known_to_viewers() throws IOException {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send(subscribe("latecomer", 1_000));
            viewer.next("subscribed");
            feed("latecomer", 4.5, 60_000);
            assertThat(viewer.next("series.added")).contains("\"metric\":\"latecomer\"");
            viewer.send(subscribe("latecomer", 1_000));
            assertThat(viewer.next("\"subscription\":2")).contains("\"last\":4.5");
        }
    }

    @Test
    void flat_viewer_gets_one_message_for_each_series_without_asking_for_a_subprotocol() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            assertThat(viewer.response).doesNotContain("Sec-WebSocket-Protocol");
            viewer.send(subscribe("flat", 0));
            viewer.next("subscribed");
            feed("flat", -3.25);
            assertThat(viewer.next("metric.update"))
                    .startsWith("{\"type\":\"metric.update\",\"metric\":\"flat\",\"labels\":{\"device\":\"a\"},"
                            + "\"value\":-3.25,\"unit\":\"Cel\",\"timestamp\":");
        }
    }

    @Test
    void windows_are_sent_after_the_window_that_the_answer_names_and_history_has_that_one() throws Exception {
        feed("joined", 1);
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send(subscribe("joined", 1_000));
            String subscribed = viewer.next("subscribed");
            long t = Long.parseLong(subscribed.replaceAll(".*\"t\":(\\d+).*", "$1"));
            await(() -> System.currentTimeMillis() >= t);
            feed("joined", 7);
            String update = viewer.next("metric.update");
            long first = Long.parseLong(update.replaceAll(".*\"t\":(\\d+).*", "$1"));
            assertThat(first).isGreaterThan(t);
            assertThat(get("/api/v1/history?select=joined&step=1000&from=" + (t - 5_000) + "&until=" + first)
                            .body())
                    .contains("7]");
        }
    }

    @Test
    void bad_requests_are_answered_with_a_code_and_the_socket_stays_open() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.send("{not json");
            assertThat(viewer.next("error")).contains("bad_json");
            viewer.send("[1]");
            assertThat(viewer.next("error")).contains("bad_json");
            viewer.send("{\"type\":\"nonsense\",\"requestId\":\"a\"}");
            assertThat(viewer.next("error")).contains("unknown_type").contains("\"requestId\":\"a\"");
            viewer.send("{\"type\":\"subscribe\"}");
            assertThat(viewer.next("error")).contains("bad_request").contains("select or topics is missing");
            viewer.send("{\"type\":\"subscribe\",\"select\":[7]}");
            assertThat(viewer.next("error")).contains("select[0] is a text");
            viewer.send(subscribe("a{", 0));
            assertThat(viewer.next("error")).contains("bad_selector").contains("column 3");
            viewer.send(subscribe("a", 7));
            assertThat(viewer.next("error")).contains("bad_interval");
            viewer.send("{\"type\":\"subscribe\",\"select\":[\"a\"],\"stat\":\"median\"}");
            assertThat(viewer.next("error")).contains("bad_stat");
            viewer.send("{\"type\":\"unsubscribe\",\"subscription\":9}");
            assertThat(viewer.next("error")).contains("unknown_subscription");
            for (int i = 0; i < 65; i++) {
                viewer.send(subscribe("m" + i, 60_000));
            }
            assertThat(viewer.next("error")).contains("too_many_subscriptions");
            viewer.send("{\"type\":\"ping\",\"clientTime\":5,\"requestId\":\"p\"}");
            assertThat(viewer.next("pong")).contains("\"clientTime\":5");
        }
    }

    @Test
    void reading_that_comes_over_a_socket_is_acknowledged_and_reaches_viewers() throws Exception {
        try (RawViewer device = new RawViewer(port, "/ingest", "", 0);
                RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send(subscribe("{device=\\\"socket-9\\\"}", 0));
            viewer.next("subscribed");
            device.send("{\"type\":\"sensor.reading\",\"deviceId\":\"socket-9\",\"temperature\":21.8,\"humidity\":44}");
            assertThat(viewer.next("series.added")).contains("temperature").contains("humidity");
            assertThat(viewer.next("metric.update")).contains("\"values\":[21.8,44]");
            device.send(
                    "{\"type\":\"sensor.reading\",\"requestId\":\"q\",\"deviceId\":\"socket-9\",\"temperature\":22}");
            assertThat(device.next("ack")).contains("\"requestId\":\"q\"").contains("\"accepted\":1");
            device.send(subscribe("a", 0));
            assertThat(device.next("error")).contains("this path takes readings");
            device.send(0x82, new byte[] {1});
            assertThat(device.closeCode()).isEqualTo(1003);
            assertThat(get("/api/v1/devices").body()).contains("\"socket-9\"");
        }
    }

    @Test
    void deflate_is_negotiated_as_each_client_can_take_it() throws IOException {
        try (RawViewer shared = new RawViewer(port, RawViewer.DEFLATE);
                RawViewer alone = new RawViewer(
                        port,
                        "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover; client_max_window_bits\r\n");
                RawViewer small = new RawViewer(
                        port, "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10\r\n");
                RawViewer second = new RawViewer(
                        port,
                        "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=10, permessage-deflate\r\n");
                RawViewer none = new RawViewer(port, "")) {
            assertThat(shared.response).contains("permessage-deflate; client_no_context_takeover\r\n");
            assertThat(alone.response)
                    .contains("permessage-deflate; client_no_context_takeover; server_no_context_takeover\r\n");
            assertThat(small.response).doesNotContain("Extensions");
            assertThat(second.response).contains("permessage-deflate; client_no_context_takeover\r\n");
            assertThat(none.response).doesNotContain("Extensions");
        }
    }

    @Test
    void viewers_of_every_kind_inflate_the_same_readings_while_others_come_and_go() throws IOException {
        try (RawViewer shared = new RawViewer(port, RawViewer.COLUMNS + RawViewer.DEFLATE);
                RawViewer alone = new RawViewer(
                        port,
                        RawViewer.COLUMNS
                                + "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
                RawViewer none = new RawViewer(port, RawViewer.COLUMNS)) {
            for (RawViewer viewer : new RawViewer[] {shared, alone, none}) {
                viewer.send(subscribe("mixed", 0));
                viewer.next("subscribed");
            }
            int compressed = 0;
            for (int i = 0; i < 200; i++) {
                double value = RANDOM.nextInt(10_000) / 100.0;
                feed("mixed", value);
                String expected = none.next("metric.update");
                assertThat(alone.next("metric.update")).isEqualTo(expected);
                RawViewer.Frame frame = shared.nextFrame("metric.update");
                assertThat(frame.text()).isEqualTo(expected);
                compressed += frame.compressed() ? 1 : 0;
                if (i % 10 == 0) {
                    passingViewer();
                }
            }
            assertThat(compressed).isGreaterThan(150);
        }
    }

    /** Joins the group, which then wants an epoch, and leaves after one update. */
    private static void passingViewer() throws IOException {
        try (RawViewer passing = new RawViewer(port, RawViewer.COLUMNS + RawViewer.DEFLATE)) {
            passing.send(subscribe("mixed", 0));
            assertThat(passing.next("subscribed")).contains("\"metric\":\"mixed\"");
        }
    }

    @Test
    void java_client_of_its_own_library_gets_updates() throws Exception {
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    received.add(text.toString());
                    text.setLength(0);
                }
                socket.request(1);
                return CompletableFuture.completedFuture(null);
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("metrics.v1.columns", "metrics.v1")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws"), listener)
                .get(10, TimeUnit.SECONDS);
        assertThat(socket.getSubprotocol()).isEqualTo("metrics.v1.columns");
        socket.sendText(subscribe("library", 0), true).get(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).contains("welcome");
        assertThat(received.poll(10, TimeUnit.SECONDS)).contains("subscribed");
        feed("library", 3);
        assertThat(received.poll(10, TimeUnit.SECONDS)).contains("series.added");
        assertThat(received.poll(10, TimeUnit.SECONDS)).contains("\"values\":[3]");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(10, TimeUnit.SECONDS);
    }

    @Test
    void viewer_that_does_not_read_is_held_in_bounds_and_gets_one_catch_up_with_the_newest_value() throws IOException {
        try (RawViewer stalled = new RawViewer(port, RawViewer.COLUMNS, 4_096);
                RawViewer reading = new RawViewer(port, RawViewer.COLUMNS)) {
            for (RawViewer viewer : new RawViewer[] {stalled, reading}) {
                viewer.send(subscribe("{wide!=\\\"\\\"}", 0));
                viewer.next("subscribed");
            }
            int rounds = 0;
            while (tidepole.hub().figures().behind() == 0) {
                rounds++;
                feedWide(rounds);
                assertThat(reading.next("metric.update")).contains("\"values\":[" + rounds + ",");
            }
            for (int more = 0; more < 50; more++) {
                feedWide(++rounds);
                reading.next("metric.update");
            }
            String catchUp = stalled.next("\"merged\":");
            assertThat(catchUp).contains("\"min\":[");
            if (!catchUp.contains("\"values\":[" + rounds + ",")) {
                stalled.next("\"values\":[" + rounds + ","); // its loop was a bundle later than the other's
            }
            feedWide(++rounds);
            await(() -> tidepole.hub().figures().behind() == 0);
        }
    }

    private static void feedWide(int value) {
        long now = System.currentTimeMillis() * 1_000;
        ReadingBatch.Builder batch = new ReadingBatch.Builder(500);
        for (int i = 0; i < 500; i++) {
            batch.add(Descriptor.gauge(SeriesKey.of("wide_" + i, "wide", "yes"), Unit.ONE), now, value);
        }
        Topics.READINGS.publisher(tidepole.vertx()).accept(batch.build(now));
    }

    @Test
    void violations_are_closed_with_the_code_that_the_standard_gives_them() throws IOException {
        assertCloses(0x82, new byte[] {1}, "", 1003);
        assertCloses(0x81, new byte[] {(byte) 0xC0, (byte) 0x80}, "", 1007);
        assertCloses(0xC1, new byte[] {1}, "", 1002);
        assertCloses(0xA1, new byte[] {1}, RawViewer.DEFLATE, 1002);
        assertCloses(0xC9, new byte[] {1}, RawViewer.DEFLATE, 1002);
        assertCloses(0x80, new byte[] {1}, "", 1002);
        assertCloses(0x83, new byte[] {1}, "", 1002);
        assertCloses(0x89, new byte[126], "", 1002);
        assertCloses(0x81, new byte[70_000], "", 1009);
        assertCloses(0xC1, new byte[] {1, 2, 3}, RawViewer.DEFLATE, 1007);
        assertCloses(0xC1, bomb(), RawViewer.DEFLATE, 1009);
        assertCloses(0x88, new byte[] {0x03, (byte) 0xED}, "", 1002);
        assertCloses(0x88, new byte[] {0x03, (byte) 0xE8}, "", 1000);
    }

    private static void assertCloses(int firstByte, byte[] payload, String headers, int code) throws IOException {
        try (RawViewer viewer = new RawViewer(port, headers)) {
            viewer.next("welcome");
            viewer.send(firstByte, payload);
            assertThat(viewer.closeCode())
                    .as("0x%x, %d bytes", firstByte, payload.length)
                    .isEqualTo(code);
        }
    }

    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflated = new DeflaterOutputStream(bytes, new Deflater(9, true))) {
            deflated.write(new byte[50_000_000]);
        }
        return bytes.toByteArray();
    }

    @Test
    void compressed_and_fragmented_requests_are_understood() throws IOException {
        try (RawViewer viewer = new RawViewer(port, RawViewer.DEFLATE)) {
            byte[] request = "{\"type\":\"ping\",\"clientTime\":7}".getBytes(StandardCharsets.UTF_8);
            Deflater deflater = new Deflater(6, true);
            deflater.setInput(request);
            byte[] buffer = new byte[200];
            int size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH) - 4;
            deflater.end();
            viewer.send(0xC1, java.util.Arrays.copyOf(buffer, size));
            assertThat(viewer.next("pong")).contains("\"clientTime\":7");
            viewer.send(0x01, java.util.Arrays.copyOfRange(request, 0, 5));
            viewer.send(0x89, new byte[] {42});
            viewer.send(0x80, java.util.Arrays.copyOfRange(request, 5, request.length));
            assertThat(viewer.next("pong")).contains("\"clientTime\":7");
        }
    }

    @Test
    void handshakes_that_are_none_are_refused_with_a_status() throws Exception {
        assertThat(get("/ws").statusCode()).isEqualTo(426);
        try (RawViewer foreign = new RawViewer(port, "Origin: http://evil.example\r\n");
                RawViewer own = new RawViewer(port, "Origin: http://127.0.0.1:" + port + "\r\n")) {
            assertThat(foreign.response).startsWith("HTTP/1.1 403");
            assertThat(own.response).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void interface_answers_bad_questions_with_a_code() throws Exception {
        assertThat(get("/api/v1/history?select=a%7B").statusCode()).isEqualTo(400);
        assertThat(get("/api/v1/history?select=a%7B").body()).contains("bad_selector");
        assertThat(get("/api/v1/history").body()).contains("select is missing");
        assertThat(get("/api/v1/history?select=a&from=x").body()).contains("from is a whole number");
        assertThat(get("/api/v1/history?select=a&stat=median").body()).contains("stat is");
        assertThat(get("/api/v1/history?select=a&from=0&step=1").body()).contains("greater step");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(get("/v/x/../../../etc/passwd").statusCode()).isEqualTo(404);
    }

    @Test
    void figures_and_health_are_served() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").body()).contains("tidepole_viewers").contains("vertx_http_server");
        assertThat(get("/api/v1/stats").body())
                .contains("\"activeConnections\":")
                .contains("\"messagesPerSecond\":")
                .contains("\"averageMessageSizeBytes\":")
                .contains("\"disconnectRatePerMinute\":")
                .contains("\"memoryUsage\":");
    }

    @Test
    void page_names_its_files_by_their_hash_and_they_may_be_kept_for_ever() throws Exception {
        HttpResponse<String> index = get("/");
        assertThat(index.headers().firstValue("cache-control")).hasValue("no-cache");
        assertThat(index.headers().firstValue("content-security-policy")).isPresent();
        String script = index.body().replaceAll("(?s).*?\"(/v/[0-9a-f]{12}/[^\"]+\\.js)\".*", "$1");
        HttpResponse<String> file = get(script);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("cache-control"))
                .hasValueSatisfying(cache -> assertThat(cache).contains("immutable"));
    }

    @Test
    void viewer_who_asks_by_a_label_gets_groups_beside_the_series_of_the_same_name() throws Exception {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS);
                RawViewer flat = new RawViewer(port, "")) {
            viewer.send("{\"type\":\"subscribe\",\"requestId\":\"g\",\"select\":[\"by_site\"],\"interval\":1000,"
                    + "\"stat\":\"p95\",\"by\":[\"site\"]}");
            viewer.next("\"requestId\":\"g\"");
            flat.send("{\"type\":\"subscribe\",\"select\":[\"by_site\"],\"interval\":1000,\"stat\":\"count\","
                    + "\"by\":[\"site\"]}");
            flat.next("subscribed");
            ReadingBatch.Builder batch = new ReadingBatch.Builder(200);
            long now = System.currentTimeMillis() * 1_000;
            for (int i = 1; i <= 200; i++) {
                Map<String, String> labels = Map.of("device", "d" + i, "site", i <= 100 ? "north" : "south");
                batch.add(Descriptor.gauge(SeriesKey.of("by_site", labels), Unit.CELSIUS), now, i);
            }
            Topics.READINGS.publisher(tidepole.vertx()).accept(batch.build(now));

            assertThat(viewer.next("series.added"))
                    .contains("\"labels\":{\"site\":\"north\"},\"unit\":\"Cel\",\"by\":[\"site\"]")
                    .contains("\"labels\":{\"site\":\"south\"}")
                    .doesNotContain("device");
            assertThat(viewer.next("metric.update")).matches(".*\"values\":\\[9[456][.0-9]*,19[456][.0-9]*\\]}");
            assertThat(flat.next("metric.update")).contains("\"value\":100").contains("\"by\":[\"site\"]");
        }
    }

    @Test
    void groups_of_every_reading_are_refused() throws Exception {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send("{\"type\":\"subscribe\",\"select\":[\"x\"],\"interval\":0,\"by\":[]}");

            assertThat(viewer.next("error")).contains("\"code\":\"bad_by\"");
        }
    }
}
