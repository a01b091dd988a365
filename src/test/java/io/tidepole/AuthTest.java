package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.tidepole.auth.AuthCommands;
import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks who is there, and real sockets. */
final class AuthTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    private static Tidepole tidepole;
    private static int port;
    private static int mqttPort;
    private static String all;
    private static String halls;
    private static String secret;
    private static String sensor;

    @BeforeAll
    static void start() throws Exception {
        all = token("--read", "*", "--edit");
        halls = token("--read", "{device=~\"hall-.*\"}");
        secret = token("--read", "{device=~\"vault-.*\"}");
        sensor = token("--write", "sensor-*");
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "2",
                        "host.enabled", "false",
                        "mqtt.port", "0",
                        "data", data.toString(),
                        "auth.enabled", "true",
                        "auth.wait", "1s",
                        "http.origins", "https://wall.example")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        mqttPort = Integer.parseInt(
                get("/api/v1/host", "Authorization", "Bearer " + all).body().replaceAll(".*\"mqtt\":(\\d+).*", "$1"));
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    private static String command(String name, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = new AuthCommands(
                        data,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        System.currentTimeMillis())
                .run(name, List.of(words));
        assertThat(status).isZero();
        return out.toString(StandardCharsets.UTF_8).trim();
    }

    private static String token(String... rights) {
        String[] words = new String[rights.length + 3];
        words[0] = "create";
        words[1] = "--name";
        words[2] = "test";
        System.arraycopy(rights, 0, words, 3, rights.length);
        return command("token", "", words);
    }

    /** A token that is made while the server runs, once the server knows it. */
    private static String known(String... rights) throws Exception {
        String token = token(rights);
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (get("/api/v1/me", "Authorization", "Bearer " + token).body().indexOf("userId") < 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
        return token;
    }

    private static void feed(String metric, String device, double value) {
        long now = System.currentTimeMillis() * 1_000;
        Topics.READINGS
                .publisher(tidepole.vertx())
                .accept(new ReadingBatch.Builder(1)
                        .add(Descriptor.gauge(SeriesKey.of(metric, "device", device), Unit.CELSIUS), now, value)
                        .build(now));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(to(path), headers);
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    private static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String authenticate(String token) {
        return "{\"type\":\"authenticate\",\"requestId\":\"a\",\"token\":\"" + token + "\"}";
    }

    private static String subscribe(String select) {
        return "{\"type\":\"subscribe\",\"requestId\":\"r\",\"select\":[\"" + select + "\"],\"interval\":0}";
    }

    // ---- viewers

    @Test
    void stranger_is_welcomed_without_a_name_and_closed_with_4001_when_nothing_follows() throws Exception {
        try (RawViewer viewer = new RawViewer(port, "")) {
            assertThat(viewer.next("welcome")).contains("\"host\":\"\"");
            viewer.send(subscribe("{device!=\\\"\\\"}"));
            assertThat(viewer.next("error")).contains("not_authenticated").contains("\"requestId\":\"r\"");
            viewer.send("{\"type\":\"sensor.reading\",\"deviceId\":\"sensor-1\",\"temperature\":1}");
            assertThat(viewer.next("error")).contains("not_authenticated");
            assertThat(viewer.next("auth.error")).contains("\"message\"");
            assertThat(viewer.closeCode()).isEqualTo(4001);
        }
    }

    @Test
    void token_comes_by_header_address_message_or_cookie_with_an_origin_of_ours() throws Exception {
        String own = "Origin: http://127.0.0.1:" + port + "\r\n";
        try (RawViewer header = new RawViewer(port, bearer(all));
                RawViewer address = new RawViewer(port, "/ws?token=" + all, "", 0);
                RawViewer cookie = new RawViewer(port, own + "Cookie: a=b; tidepole=" + all + "\r\n");
                RawViewer message = new RawViewer(port, "")) {
            message.next("welcome");
            message.send(authenticate(all));
            assertThat(message.next("auth.success"))
                    .contains("\"requestId\":\"a\"")
                    .contains("\"userId\":\"test\"");
            for (RawViewer viewer : List.of(header, address, cookie, message)) {
                viewer.send(subscribe("nothing_yet"));
                assertThat(viewer.next("subscribed")).contains("\"series\":[]");
            }
        }
    }

    @Test
    void cookie_without_an_origin_does_not_count_on_upgrades_and_posts() throws Exception {
        try (RawViewer viewer = new RawViewer(port, "Cookie: tidepole=" + all + "\r\n")) {
            assertThat(viewer.next("welcome")).contains("\"host\":\"\"");
            assertThat(viewer.next("auth.error")).isNotEmpty();
            assertThat(viewer.closeCode()).isEqualTo(4001);
        }
        assertThat(post("/api/v1/annotations", "{}", "Cookie", "tidepole=" + all).statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/stats", "Cookie", "tidepole=" + all).statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/stats", "Cookie", "tidepole=" + all, "Sec-Fetch-Site", "cross-site").statusCode())
                .isEqualTo(401);
    }

    @Test
    void wrong_token_finishes_the_handshake_and_is_closed_with_4001() throws Exception {
        for (String wrong : List.of("made-up", all.substring(0, all.length() - 1) + "!", "a.b.c")) {
            try (RawViewer viewer = new RawViewer(port, bearer(wrong))) {
                assertThat(viewer.response).startsWith("HTTP/1.1 101");
                assertThat(viewer.next("auth.error")).doesNotContain(wrong);
                assertThat(viewer.closeCode()).isEqualTo(4001);
            }
        }
    }

    @Test
    void two_viewers_with_other_rights_get_other_frames_of_one_subscription_and_share_no_window() throws Exception {
        String headers = RawViewer.COLUMNS + RawViewer.DEFLATE;
        try (RawViewer one = new RawViewer(port, headers + bearer(halls));
                RawViewer other = new RawViewer(port, headers + bearer(secret));
                RawViewer both = new RawViewer(port, headers + bearer(all))) {
            for (RawViewer viewer : List.of(one, other, both)) {
                viewer.send(subscribe("mixed"));
                viewer.next("subscribed");
            }
            int compressed = 0;
            for (int i = 0; i < 60; i++) {
                feed("mixed", "hall-1", i);
                assertThat(one.next("metric.update")).contains("\"values\":[" + i + "]");
                assertThat(both.next("metric.update")).contains("\"values\":[" + i + "]");
                feed("mixed", "vault-1", 1_000 + i);
                RawViewer.Frame frame = other.nextFrame("metric.update");
                assertThat(frame.text()).contains("\"values\":[" + (1_000 + i) + "]");
                assertThat(both.next("metric.update")).contains("\"values\":[" + (1_000 + i) + "]");
                compressed += frame.compressed() ? 1 : 0;
            }
            assertThat(compressed).isPositive();
            assertThat(tidepole.hub().figures().groups()).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void series_that_may_not_be_read_are_not_named() throws Exception {
        feed("hidden", "vault-7", 1);
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS + bearer(halls))) {
            viewer.send(subscribe("hidden"));
            assertThat(viewer.next("subscribed")).contains("\"series\":[]");
            feed("hidden", "vault-8", 2);
            feed("hidden", "hall-8", 3);
            assertThat(viewer.next("series.added")).contains("hall-8").doesNotContain("vault");
            assertThat(viewer.next("metric.update")).contains("\"values\":[3]");
        }
    }

    @Test
    void aggregate_across_series_leaves_out_what_may_not_be_read() throws Exception {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS + bearer(halls))) {
            viewer.send("{\"type\":\"subscribe\",\"select\":[\"summed\"],\"interval\":1000,\"stat\":\"sum\",\"by\":[]}");
            viewer.next("subscribed");
            String update = "";
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (update.isEmpty()) {
                assertThat(System.nanoTime()).isLessThan(deadline);
                feed("summed", "vault-1", 1_000_000);
                feed("summed", "hall-1", 1);
                RawViewer.Frame frame = viewer.next();
                update = frame.text().contains("metric.update") ? frame.text() : "";
            }
            double sum = Double.parseDouble(update.replaceAll(".*\"values\":\\[([^\\],]+).*", "$1"));
            assertThat(sum).isLessThan(1_000_000);
        }
    }

    @Test
    void revoked_token_ends_an_open_connection() throws Exception {
        String token = known("--read", "*");
        try (RawViewer viewer = new RawViewer(port, bearer(token));
                RawViewer device = new RawViewer(port, "/ingest", bearer(token), 0)) {
            viewer.send(subscribe("revoked"));
            viewer.next("subscribed");
            command("token", "", "revoke", token.substring(3, 15));
            assertThat(viewer.next("auth.error")).contains("withdrawn");
            assertThat(viewer.closeCode()).isEqualTo(4001);
            assertThat(device.closeCode()).isEqualTo(4001);
        }
        assertThat(get("/api/v1/stats", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
    }

    @Test
    void token_that_expires_ends_an_open_connection_unless_a_fresh_one_comes() throws Exception {
        String brief = known("--read", "*", "--expires", "5s");
        try (RawViewer leaving = new RawViewer(port, bearer(brief));
                RawViewer staying = new RawViewer(port, bearer(brief))) {
            staying.send(authenticate(all));
            assertThat(staying.next("auth.success")).doesNotContain("expiresAt");
            assertThat(leaving.next("auth.error")).contains("expired");
            assertThat(leaving.closeCode()).isEqualTo(4001);
            staying.send("{\"type\":\"ping\",\"clientTime\":5}");
            assertThat(staying.next("pong")).isNotEmpty();
        }
    }

    @Test
    void fresh_token_with_other_rights_changes_what_is_sent_and_says_what_came_and_went() throws Exception {
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS + RawViewer.DEFLATE + bearer(halls))) {
            viewer.send(subscribe("refreshed"));
            viewer.next("subscribed");
            feed("refreshed", "vault-1", 1);
            feed("refreshed", "hall-1", 1);
            assertThat(viewer.next("series.added")).contains("hall-1").doesNotContain("vault-1");
            viewer.send(authenticate(all));
            viewer.next("auth.success");
            assertThat(viewer.next("series.added")).contains("vault-1").doesNotContain("hall-1");
            feed("refreshed", "vault-1", 42);
            assertThat(viewer.next("metric.update")).contains("\"values\":[42]");
            viewer.send(authenticate("wrong"));
            assertThat(viewer.next("auth.error")).contains("\"requestId\":\"a\"");
            viewer.send(authenticate(secret));
            viewer.next("auth.success");
            assertThat(viewer.next("series.removed")).contains("\"ids\":[");
            feed("refreshed", "hall-1", 43);
            feed("refreshed", "vault-1", 44);
            assertThat(viewer.next("metric.update")).contains("\"values\":[44]");
        }
    }

    // ---- HTTP

    @Test
    void interface_is_closed_to_strangers_and_health_and_files_are_not() throws Exception {
        for (String path : List.of("/api/v1/stats", "/api/v1/history?select=a", "/api/v1/devices", "/metrics", "/x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).contains("not_authenticated");
            assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        }
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/", "Accept", "text/html").headers().firstValue("location")).hasValue("/login?next=%2F");
        assertThat(get("/v/dev/tokens.css").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/me").body()).isEqualTo("{\"authentication\":true}");
    }

    @Test
    void history_and_devices_name_only_what_may_be_read() throws Exception {
        assertThat(post("/api/v1/readings", "{\"deviceId\":\"sensor-5\",\"kept\":1}", "Authorization", "Bearer " + sensor)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/devices", "Authorization", "Bearer " + all).body())
                .contains("sensor-5");
        assertThat(get("/api/v1/devices", "Authorization", "Bearer " + halls).body())
                .doesNotContain("sensor-5");
        assertThat(get("/api/v1/devices/sensor-5", "Authorization", "Bearer " + halls)
                        .statusCode())
                .isEqualTo(404);
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!get("/api/v1/history?select=kept", "Authorization", "Bearer " + all)
                .body()
                .contains("sensor-5")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        assertThat(get("/api/v1/history?select=kept", "Authorization", "Bearer " + halls)
                        .body())
                .contains("\"series\":[]");
    }

    @Test
    void writers_write_for_their_devices_and_read_nothing() throws Exception {
        String[] mine = {"Authorization", "Token " + sensor};
        assertThat(post("/write", "t,device=sensor-2 value=1", mine).statusCode()).isEqualTo(204);
        HttpResponse<String> other = post("/write", "t,device=oven-2 value=1", mine);
        assertThat(other.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(other.body()).contains("forbidden");
        assertThat(post("/write", "t,device=sensor-2 value=1").statusCode()).isEqualTo(401);
        assertThat(post("/api/v2/write", "t,device=sensor-2 value=1").body()).contains("\"unauthorized\"");
        assertThat(get("/api/v1/stats", mine).statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/annotations", "{}", "Authorization", "Bearer " + halls)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void pages_of_other_origins_may_do_nothing_unless_they_are_named() throws Exception {
        String host = "127.0.0.1:" + port;
        for (String foreign : List.of(
                "http://evil.example",
                "null",
                "http://" + host + ".evil.example",
                "http://evil.example/" + host,
                "http://" + host + "0",
                "https://wall.example.evil")) {
            assertThat(post("/api/v1/readings", "{}", "Origin", foreign, "Authorization", "Bearer " + sensor)
                            .statusCode())
                    .as(foreign)
                    .isEqualTo(403);
            try (RawViewer viewer = new RawViewer(port, "Origin: " + foreign + "\r\n" + bearer(all))) {
                assertThat(viewer.response).as(foreign).startsWith("HTTP/1.1 403");
            }
        }
        HttpResponse<String> named = get("/api/v1/stats", "Origin", "https://wall.example", "Authorization", "Bearer " + all);
        assertThat(named.headers().firstValue("access-control-allow-origin")).hasValue("https://wall.example");
        assertThat(named.headers().firstValue("access-control-allow-credentials")).isEmpty();
        assertThat(get("/api/v1/stats", "Origin", "http://evil.example", "Authorization", "Bearer " + all)
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .isEmpty();
        try (RawViewer viewer = new RawViewer(port, "Origin: https://wall.example\r\n" + bearer(all))) {
            assertThat(viewer.response).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void token_in_the_address_of_a_page_moves_to_a_cookie() throws Exception {
        HttpResponse<String> answer = get("/devices?a=1&token=" + all + "&b=2", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).hasValue("/devices?a=1&b=2");
        assertThat(answer.headers().firstValue("set-cookie"))
                .hasValueSatisfying(cookie -> assertThat(cookie)
                        .startsWith("tidepole=" + all)
                        .containsIgnoringCase("HttpOnly")
                        .contains("SameSite=Lax"));
    }

    @Test
    void headers_stand_on_errors_too() throws Exception {
        for (String path : List.of("/api/v1/stats", "/nowhere", "/login")) {
            HttpResponse<String> answer = get(path);
            for (String header : List.of("content-security-policy", "x-content-type-options", "referrer-policy")) {
                assertThat(answer.headers().firstValue(header)).as(path + " " + header).isPresent();
            }
        }
    }

    // ---- people

    @Test
    void person_logs_in_with_a_password_and_out_again() throws Exception {
        command("password", "correct horse\n", "set", "ada", "--read", "*");
        String origin = "http://127.0.0.1:" + port;
        HttpResponse<String> form = get("/login?next=/devices");
        assertThat(form.body()).contains("value=\"/devices\"").doesNotContain("<script").doesNotContain("/auth/oidc");
        assertThat(form.headers().firstValue("referrer-policy")).hasValue("same-origin");
        HttpResponse<String> wrong = login("name=ada&password=wrong-one&next=/devices", origin);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("wrong").doesNotContain("wrong-one");
        HttpResponse<String> right = login("name=ada&password=correct+horse&next=//evil.example/", origin);
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.headers().firstValue("location")).hasValue("/");
        String cookie = right.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        assertThat(get("/api/v1/me", "Cookie", cookie).body()).contains("\"userId\":\"ada\"");
        try (RawViewer viewer = new RawViewer(port, "Origin: " + origin + "\r\nCookie: " + cookie + "\r\n")) {
            viewer.send(subscribe("login"));
            viewer.next("subscribed");
            post("/auth/logout", "", "Origin", origin, "Cookie", cookie);
            assertThat(viewer.closeCode()).isEqualTo(4001);
        }
        assertThat(get("/api/v1/stats", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(login("name=ada&password=correct+horse", "http://evil.example").statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> login(String form, String origin) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            HttpResponse<String> answer =
                    post("/login", form, "Origin", origin, "Content-Type", "application/x-www-form-urlencoded");
            // A person that was just made is known within a second or so.
            if (answer.statusCode() != 401 || !form.contains("correct") || System.nanoTime() > deadline) {
                return answer;
            }
        }
    }

    // ---- MQTT

    private static Mqtt5BlockingClient mqtt() {
        return MqttClient.builder()
                .useMqttVersion5()
                .serverHost("127.0.0.1")
                .serverPort(mqttPort)
                .buildBlocking();
    }

    @Test
    void mqtt_client_shows_a_token_as_its_password_and_writes_for_its_devices() {
        assertThatThrownBy(() -> mqtt().connect()).isInstanceOf(Mqtt5ConnAckException.class);
        assertThatThrownBy(() -> connect(mqtt(), "wrong")).isInstanceOf(Mqtt5ConnAckException.class);
        Mqtt5BlockingClient client = mqtt();
        connect(client, sensor);
        assertThat(publish(client, "sensors/sensor-3/temperature").getError()).isEmpty();
        assertThatThrownBy(() -> publish(client, "sensors/oven-3/temperature"))
                .isInstanceOfSatisfying(Mqtt5PubAckException.class, refused -> assertThat(
                                refused.getMqttMessage().getReasonCode().getCode())
                        .isEqualTo(0x87));
        client.disconnect();
    }

    private static void connect(Mqtt5BlockingClient client, String token) {
        client.connectWith()
                .simpleAuth()
                .username("device")
                .password(token.getBytes(StandardCharsets.UTF_8))
                .applySimpleAuth()
                .send();
    }

    private static com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult publish(
            Mqtt5BlockingClient client, String topic) {
        return client.publishWith()
                .topic(topic)
                .qos(com.hivemq.client.mqtt.datatypes.MqttQos.AT_LEAST_ONCE)
                .payload("21.5".getBytes(StandardCharsets.UTF_8))
                .send();
    }

    @Test
    void many_messages_before_the_proof_cost_nothing_and_end_the_connection() throws Exception {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.next("welcome");
            for (int i = 0; i < 50; i++) {
                viewer.send("{not json");
            }
            assertThat(viewer.closeCode()).isBetween(4001, 4029);
        } catch (EOFException closed) {
            assertThat(closed).isNotNull();
        }
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port)) {
            assertThat(plain.isConnected()).isTrue();
        } catch (IOException e) {
            throw new AssertionError("the server is gone", e);
        }
    }
}
