package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody who tries one token after the other, by every way in. A trusted proxy says from which address. */
final class GuessingTest {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    @TempDir
    static Path data;

    private static Running server;
    private static String good;
    private static String expired;
    private static int mqttPort;

    @BeforeAll
    static void start() throws Exception {
        good = token("--read", "*", "--write", "*");
        expired = token("--read", "*", "--expires", "1s");
        server = new Running(
                data,
                "auth.enabled",
                "true",
                "rates.failed_logins",
                "3",
                "connections.trusted_proxies",
                "127.0.0.1",
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0");
        mqttPort = Integer.parseInt(server.get("/api/v1/host", "Authorization", "Bearer " + good)
                .body()
                .replaceAll(".*\"mqtt\":(\\d+).*", "$1"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String token(String... rights) {
        String[] words = new String[rights.length + 3];
        words[0] = "create";
        words[1] = "--name";
        words[2] = "test";
        System.arraycopy(rights, 0, words, 3, rights.length);
        return ClosedServer.command(data, "token", "", words);
    }

    /** Asks until the answer is the expected one: a wait that has passed meanwhile is followed by a longer one. */
    private static <T> T until(T expected, Callable<T> asked) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        T answer = asked.call();
        while (!answer.equals(expected)) {
            assertThat(System.nanoTime()).as("still %s", answer).isLessThan(deadline);
            answer = asked.call();
        }
        return answer;
    }

    private static HttpResponse<String> stats(String address, String token) throws Exception {
        return server.get("/api/v1/stats", "Authorization", "Bearer " + token, "X-Forwarded-For", address);
    }

    @Test
    void address_that_guesses_is_told_to_wait_and_a_good_token_from_there_is_let_in() throws Exception {
        assertThat(stats("192.0.2.1", "wrong").statusCode()).isEqualTo(401);
        until(429, () -> stats("192.0.2.1", "wrong").statusCode());
        HttpResponse<String> refused = stats("192.0.2.1", "wrong");
        if (refused.statusCode() == 429) {
            assertThat(refused.body()).contains("rate_limited");
            assertThat(Integer.parseInt(
                            refused.headers().firstValue("Retry-After").orElseThrow()))
                    .isPositive();
        }
        assertThat(stats("192.0.2.1", good).statusCode()).isEqualTo(200);
        assertThat(stats("192.0.2.2", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void neighbours_in_a_network_of_ipv6_count_as_one() throws Exception {
        int[] last = {0};
        until(429, () -> stats("2001:db8:0:1::" + Integer.toHexString(++last[0]), "wrong")
                .statusCode());
        assertThat(last[0]).isGreaterThan(3);
        assertThat(stats("2001:db8:0:2::1", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void doors_for_readings_addresses_of_pages_and_who_one_is_are_braked_too() throws Exception {
        until(429, () -> server.get("/api/v1/me?token=wrong", "X-Forwarded-For", "192.0.2.3")
                .statusCode());
        until(429, () -> server.get("/?token=wrong", "X-Forwarded-For", "192.0.2.4", "Accept", "text/html")
                .statusCode());
        assertThat(server.get("/", "X-Forwarded-For", "192.0.2.4", "Accept", "text/html", "Cookie", "tidepole=old")
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .startsWith("/login");
        HttpResponse<String> written = write("192.0.2.5");
        assertThat(written.statusCode()).isEqualTo(401);
        until(429, () -> write("192.0.2.5").statusCode());
        until("1", () -> write("192.0.2.5").headers().firstValue("Retry-After").isPresent() ? "1" : "0");
    }

    private static HttpResponse<String> write(String address) throws Exception {
        return server.send("/api/v1/readings", "{}", "Authorization", "Bearer wrong", "X-Forwarded-For", address);
    }

    @Test
    void socket_of_one_who_guesses_finishes_its_handshake_and_is_closed_with_4029() throws Exception {
        until(4029, () -> closed("192.0.2.6", "Authorization: Bearer wrong\r\n", ""));
        until(4029, () -> closed("192.0.2.7", "", ClosedServer.authenticate("wrong")));
        try (RawViewer viewer = new RawViewer(
                server.port, "X-Forwarded-For: 192.0.2.7\r\n" + "Authorization: Bearer " + good + "\r\n")) {
            assertThat(viewer.next("welcome")).isNotEmpty();
            String answer = "";
            while (!answer.contains("rate_limited")) {
                viewer.send(ClosedServer.authenticate("wrong"));
                answer = viewer.next("\"requestId\":\"a\"");
            }
            assertThat(answer).contains("retryAfterMillis");
            viewer.send("{\"type\":\"ping\",\"clientTime\":5}");
            assertThat(viewer.next("pong")).isNotEmpty();
        }
    }

    private static int closed(String address, String header, String message) throws IOException {
        try (RawViewer viewer = new RawViewer(server.port, "X-Forwarded-For: " + address + "\r\n" + header)) {
            assertThat(viewer.response).startsWith("HTTP/1.1 101");
            if (!message.isEmpty()) {
                viewer.next("welcome");
                viewer.send(message);
            }
            return viewer.closeCode();
        }
    }

    @Test
    void event_stream_of_one_who_guesses_is_refused_with_a_status() throws Exception {
        assertThat(stream("192.0.2.8").statusCode()).isEqualTo(401);
        until(429, () -> stream("192.0.2.8").statusCode());
        until(
                true,
                () -> stream("192.0.2.8").headers().firstValue("Retry-After").isPresent());
    }

    private static HttpResponse<String> stream(String address) throws Exception {
        return server.get("/api/v1/stream?select=a", "Authorization", "Bearer wrong", "X-Forwarded-For", address);
    }

    @Test
    void mqtt_client_that_guesses_is_refused_by_its_rate() throws Exception {
        until(0x9F, GuessingTest::mqtt5);
        until(3, GuessingTest::mqtt311);
    }

    @Test
    void mqtt_over_a_websocket_counts_for_the_address_of_the_browser() throws Exception {
        until(429, () -> stats("192.0.2.9", "wrong").statusCode());
        until(0x9F, () -> mqttOverWebSocket("192.0.2.9", "wrong"));
        assertThat(mqttOverWebSocket("192.0.2.10", "wrong")).isEqualTo(0x86);
        assertThat(mqttOverWebSocket("192.0.2.9", good)).isZero();
    }

    private static int mqtt5() {
        try {
            MqttClient.builder()
                    .useMqttVersion5()
                    .serverHost("127.0.0.1")
                    .serverPort(mqttPort)
                    .buildBlocking()
                    .connectWith()
                    .simpleAuth()
                    .username("any")
                    .password("wrong".getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();
            return 0;
        } catch (Mqtt5ConnAckException refused) {
            return refused.getMqttMessage().getReasonCode().getCode();
        }
    }

    /** A CONNECT with a clean session, a user and a password. */
    private static byte[] connect(int version, String password) {
        String text = "MQTT" + (char) version + (char) 0xC2 + "\0\0" + (version == 5 ? "\0" : "");
        byte[] head = ("\0\4" + text + "\0\3abc\0\3any").getBytes(StandardCharsets.ISO_8859_1);
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[2 + head.length + 2 + secret.length];
        packet[0] = 0x10;
        packet[1] = (byte) (packet.length - 2);
        System.arraycopy(head, 0, packet, 2, head.length);
        packet[head.length + 3] = (byte) secret.length;
        System.arraycopy(secret, 0, packet, head.length + 4, secret.length);
        return packet;
    }

    private static int mqtt311() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mqttPort)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(connect(4, "wrong"));
            return new DataInputStream(socket.getInputStream()).readNBytes(4)[3];
        }
    }

    private static int mqttOverWebSocket(String address, String password) throws IOException {
        try (RawViewer socket = new RawViewer(
                server.port, "/mqtt", "Sec-WebSocket-Protocol: mqtt\r\nX-Forwarded-For: " + address + "\r\n", 0)) {
            socket.send(0x82, connect(5, password));
            return socket.nextPayload()[3] & 0xFF;
        }
    }

    @Test
    void token_that_was_good_once_is_no_guess() throws Exception {
        until(401, () -> stats("192.0.2.11", expired).statusCode());
        for (int i = 0; i < 20; i++) {
            assertThat(stats("192.0.2.11", expired).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void wrong_tokens_keep_nobody_from_logging_in_with_a_password() throws Exception {
        ClosedServer.command(data, "password", "correct horse\n", "set", "ada", "--read", "*");
        until(429, () -> stats("127.0.0.1", "wrong").statusCode());
        until(303, () -> server.post("/login", "name", "ada", "password", "correct horse")
                .statusCode());
    }
}
