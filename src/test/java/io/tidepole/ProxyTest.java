package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What proxies in front of the server say of its clients. */
final class ProxyTest {
    private static final byte[] VERSION_2 = {0xD, 0xA, 0xD, 0xA, 0, 0xD, 0xA, 'Q', 'U', 'I', 'T', 0xA};

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

    private static String handshake(Running server) throws IOException {
        try (RawViewer viewer = new RawViewer(server.port, "")) {
            return viewer.response;
        }
    }
}
