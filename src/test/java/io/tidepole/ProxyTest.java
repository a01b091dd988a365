package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.atIndex;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies in front of the server say of its clients. */
@Timeout(120)
final class ProxyTest {
    private static final byte[] VERSION_2 = {0xD, 0xA, 0xD, 0xA, 0, 0xD, 0xA, 'Q', 'U', 'I', 'T', 0xA};

    /** MQTT 5, clean start, without a name. */
    private static final String CONNECT = "100d00044d5154540502003c000000";

    @TempDir
    Path data;

    private Running proxied(String trusted) throws Exception {
        ClosedServer.command(data, "password", "correct horse\n", "set", "ada", "--read", "*");
        return new Running(
                data,
                "auth.enabled",
                "true",
                "rates.failed_logins",
                "1",
                "connections.proxy_protocol",
                "true",
                "connections.trusted_proxies",
                trusted);
    }

    private static byte[] version1(String client) {
        return ("PROXY TCP4 " + client + " 127.0.0.1 4000 80\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] version2(int... client) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(VERSION_2);
        header.writeBytes(new byte[] {0x21, 0x11, 0, 12});
        for (int part : client) {
            header.write(part);
        }
        header.writeBytes(new byte[] {127, 0, 0, 1, 0x10, 0, 0, 80});
        return header.toByteArray();
    }

    /** The status of a request with a wrong token, that a proxy sends on for somebody; 0 if the connection ends. */
    private static int status(int port, byte[] header) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(header);
            socket.getOutputStream()
                    .write("GET /api/v1/stats HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer wrong\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            return answer.length() < 12 ? 0 : Integer.parseInt(answer.substring(9));
        } catch (IOException reset) {
            return 0;
        }
    }

    @Test
    void header_of_the_proxy_protocol_says_who_asks_in_either_version() throws Exception {
        try (Running server = proxied("127.0.0.1")) {
            assertThat(status(server.port, version1("192.0.2.1"))).isEqualTo(401);
            assertThat(status(server.port, version2(192, 0, 2, 1))).isEqualTo(401);
            int status = 401;
            for (int i = 0; i < 20 && status == 401; i++) {
                status = status(server.port, i % 2 == 0 ? version1("192.0.2.1") : version2(192, 0, 2, 1));
            }
            assertThat(status).isEqualTo(429);
            assertThat(status(server.port, version1("192.0.2.2"))).isEqualTo(401);
            assertThat(status(server.port, version2(192, 0, 2, 3))).isEqualTo(401);
        }
    }

    @Test
    void connection_without_such_a_header_or_from_a_stranger_ends() throws Exception {
        try (Running server = proxied("127.0.0.1")) {
            assertThat(status(server.port, new byte[0])).isZero();
        }
        try (Running server = proxied("10.0.0.0/8")) {
            assertThat(status(server.port, version1("192.0.2.1"))).isZero();
        }
    }

    private Running mqtt(String trusted, String mqttsPort) throws Exception {
        return new Running(
                data,
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0",
                "mqtt.proxy_protocol",
                "true",
                "tls.dev",
                Boolean.toString(!mqttsPort.isEmpty()),
                "tls.mqtt_port",
                mqttsPort.isEmpty() ? "0" : mqttsPort,
                "connections.per_address",
                "2",
                "connections.trusted_proxies",
                trusted);
    }

    /** A client of MQTT 5 that a proxy speaks for, and what it is answered: CONNACK's reason, or -1 for nothing. */
    private record Device(Socket socket, int reason) implements AutoCloseable {
        static Device through(int port, byte[] header, boolean tls) throws Exception {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(header);
            Socket talking = tls ? TestCertificate.secure(socket) : socket;
            try {
                talking.getOutputStream().write(HexFormat.of().parseHex(CONNECT));
                byte[] answer = talking.getInputStream().readNBytes(4);
                return new Device(talking, answer.length < 4 ? -1 : answer[3] & 0xFF);
            } catch (IOException reset) {
                return new Device(talking, -1);
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static int mqttPort(Running server) throws Exception {
        Matcher port = Pattern.compile("\"mqtt\":(\\d+)")
                .matcher(server.get("/api/v1/host").body());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void mqtt_connections_are_counted_by_the_address_that_the_header_names(boolean tls) throws Exception {
        String mqtts = tls ? Integer.toString(Running.freePort()) : "";
        try (Running server = mqtt("127.0.0.1", mqtts)) {
            int port = tls ? Integer.parseInt(mqtts) : mqttPort(server);
            try (Device first = Device.through(port, version1("192.0.2.1"), tls);
                    Device second = Device.through(port, version2(192, 0, 2, 1), tls);
                    Device third = Device.through(port, version1("192.0.2.1"), tls);
                    Device other = Device.through(port, version1("192.0.2.2"), tls)) {
                assertThat(new int[] {first.reason, second.reason}).containsOnly(0);
                assertThat(third.reason).as("quota exceeded").isEqualTo(0x97);
                assertThat(other.reason).isZero();
            }
            int reason = 0x97;
            while (reason == 0x97) {
                try (Device again = Device.through(port, version1("192.0.2.1"), tls)) {
                    reason = again.reason;
                }
            }
            assertThat(reason).isZero();
        }
    }

    @Test
    void mqtt_connections_that_say_nothing_are_counted_too_until_they_have_or_are_gone() throws Exception {
        try (Running server = mqtt("127.0.0.1", "")) {
            int port = mqttPort(server);
            try (Socket first = silent(port);
                    Socket second = silent(port)) {
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                int reason = 0;
                while (reason == 0) { // until the server has met both
                    try (Device third = Device.through(port, version1("192.0.2.1"), false)) {
                        reason = third.reason;
                    }
                }
                assertThat(reason).as("ended without a word").isEqualTo(-1);
                try (Device other = Device.through(port, version1("192.0.2.2"), false)) {
                    assertThat(other.reason).isZero();
                }
            }
            int reason = -1;
            while (reason != 0) {
                try (Device again = Device.through(port, version1("192.0.2.1"), false)) {
                    reason = again.reason;
                }
            }
        }
    }

    private static Socket silent(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(version1("192.0.2.1"));
        return socket;
    }

    @Test
    void mqtt_connection_without_such_a_header_or_from_a_stranger_ends() throws Exception {
        try (Running server = mqtt("127.0.0.1", "");
                Device bare = Device.through(mqttPort(server), new byte[0], false)) {
            assertThat(bare.reason).isEqualTo(-1);
        }
        try (Running server = mqtt("10.0.0.0/8", "");
                Device strange = Device.through(mqttPort(server), version1("192.0.2.1"), false)) {
            assertThat(strange.reason).isEqualTo(-1);
        }
    }

    @Test
    void mqtt_over_a_websocket_needs_no_such_header() throws Exception {
        try (Running server = mqtt("127.0.0.1", "");
                RawViewer device = new RawViewer(
                        server.port, "/mqtt", "Sec-WebSocket-Protocol: mqtt\r\nX-Forwarded-For: 192.0.2.1\r\n", 0)) {
            device.send(0x82, HexFormat.of().parseHex(CONNECT));
            assertThat(device.nextPayload()).startsWith(0x20).contains(0, atIndex(3));
        }
    }

    @Test
    void login_behind_a_proxy_that_speaks_tls_gets_a_cookie_for_tls_alone() throws Exception {
        try (Running server = new Running(data, "connections.trusted_proxies", "127.0.0.1", "auth.enabled", "true")) {
            String token = ClosedServer.command(data, "token", "", "create", "--name", "wall", "--read", "*");
            var headers = until303(server, "/?token=" + token, "https").headers();
            assertThat(headers.firstValue("Set-Cookie").orElse(""))
                    .startsWith("__Host-tidepole=")
                    .contains("Secure")
                    .containsIgnoringCase("HttpOnly")
                    .contains("SameSite=Lax");
            assertThat(headers.firstValue("Strict-Transport-Security")).isPresent();
            var plain = until303(server, "/?token=" + token, "http").headers();
            assertThat(plain.firstValue("Set-Cookie").orElse(""))
                    .startsWith("tidepole=")
                    .doesNotContain("Secure");
            assertThat(plain.firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void word_of_a_stranger_on_tls_is_not_believed() throws Exception {
        try (Running server = new Running(data)) {
            assertThat(server.get("/health/live", "X-Forwarded-Proto", "https")
                            .headers()
                            .firstValue("Strict-Transport-Security"))
                    .isEmpty();
        }
    }

    /** The token is made while the server runs: it is known a moment later. */
    private static java.net.http.HttpResponse<String> until303(Running server, String path, String scheme)
            throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        var answer = server.get(path, "Accept", "text/html", "X-Forwarded-Proto", scheme);
        while (answer.statusCode() != 303
                || answer.headers().firstValue("Set-Cookie").isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            answer = server.get(path, "Accept", "text/html", "X-Forwarded-Proto", scheme);
        }
        return answer;
    }

    @Test
    void readings_are_limited_by_the_address_behind_the_proxy() throws Exception {
        try (Running server = new Running(
                data,
                "connections.trusted_proxies",
                "127.0.0.1",
                "limits.address_rate",
                "1",
                "history.durability",
                "memory")) {
            int status = 200;
            for (int i = 0; i < 50 && status == 200; i++) {
                status = write(server, "192.0.2.1");
            }
            assertThat(status).isEqualTo(429);
            assertThat(write(server, "192.0.2.2")).isEqualTo(200);
        }
    }

    private static int write(Running server, String address) throws Exception {
        return server.send("/api/v1/readings", "{\"deviceId\":\"d\",\"v\":1}", "X-Forwarded-For", address)
                .statusCode();
    }

    @Test
    void those_who_come_too_many_at_once_are_told_when_to_come_again() throws Exception {
        try (Running server = new Running(data, "connections.accept_rate", "1")) {
            String response = "HTTP/1.1 101";
            for (int i = 0; i < 50 && response.startsWith("HTTP/1.1 101"); i++) {
                response = handshake(server);
            }
            assertThat(response).startsWith("HTTP/1.1 503").contains("Retry-After: ");
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (!handshake(server).startsWith("HTTP/1.1 101")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }

    @Test
    void connections_beyond_the_most_are_told_when_to_come_again() throws Exception {
        try (Running server = new Running(data, "connections.max", "2");
                RawViewer first = new RawViewer(server.port, "")) {
            try (RawViewer second = new RawViewer(server.port, "");
                    RawViewer third = new RawViewer(server.port, "")) {
                assertThat(first.response).startsWith("HTTP/1.1 101");
                assertThat(second.response).startsWith("HTTP/1.1 101");
                assertThat(third.response).startsWith("HTTP/1.1 503").contains("Retry-After: ");
            }
            long deadline = System.nanoTime() + 30_000_000_000L;
            while (!handshake(server).startsWith("HTTP/1.1 101")) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }

    private static String handshake(Running server) throws IOException {
        try (RawViewer viewer = new RawViewer(server.port, "")) {
            return viewer.response;
        }
    }
}
