package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tidepole.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What strangers try, over plain sockets; after each of them an honest viewer is served. */
@SuppressWarnings("StringConcatToTextBlock") // lines of HTTP end with CR LF
final class AbuseTest {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    private static Tidepole tidepole;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "history.durability", "memory",
                        "host.enabled", "false",
                        "mqtt.enabled", "false",
                        "connections.header_timeout", "500ms",
                        "connections.body_timeout", "500ms",
                        "connections.per_address", "3",
                        "connections.trusted_proxies", "127.0.0.1",
                        "rates.messages", "20",
                        "rates.subscribes", "10")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    @AfterEach
    void honest_viewer_is_served() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            assertThat(viewer.next("welcome")).contains("connectionId");
            viewer.send("{\"type\":\"ping\",\"clientTime\":1}");
            assertThat(viewer.next("pong")).contains("\"clientTime\":1");
        }
    }

    /** All that comes back until the server closes. */
    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            } catch (SocketException closed) {
                assertThat(closed).message().containsAnyOf("reset", "Broken pipe");
            }
            try {
                socket.getInputStream().transferTo(all);
            } catch (SocketException reset) {
                assertThat(reset).hasMessageContaining("reset");
            }
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "G",
                "GET / HTTP/1.1\r\nHost: a\r\nX: y",
                "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n",
                "POST /api/v1/readings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{",
                "POST /api/v1/readings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n5\r\n[",
                "GET /ws HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n" + UPGRADE + "\r\na"
            })
    void request_that_never_ends_is_cut_off(String beginning) throws IOException {
        assertThat(exchange(beginning)).startsWith("HTTP/1.1 408");
    }

    @Test
    void head_that_drips_is_cut_off_all_the_same() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(50);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            assertThat(drip(socket)).startsWith("HTTP/1.1 408");
        }
    }

    private static String drip(Socket socket) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (System.nanoTime() < deadline) {
            try {
                byte[] bytes = new byte[12];
                int size = socket.getInputStream().readNBytes(bytes, 0, bytes.length);
                return new String(bytes, 0, size, StandardCharsets.US_ASCII);
            } catch (java.net.SocketTimeoutException open) {
                socket.getOutputStream().write('a');
            }
        }
        return "still open";
    }

    @Test
    void requests_too_far_ahead_of_their_answers_end_the_connection_without_a_word_in_the_log() throws IOException {
        Logger all = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        all.addAppender(said);
        try {
            String answers = exchange("GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n".repeat(10_000));
            assertThat(answers.split("HTTP/1.1 200 OK").length).isBetween(100, 9_999);
        } finally {
            all.detachAppender(said);
        }
        assertThat(said.list)
                .filteredOn(event -> event.getThrowableProxy() != null)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
                "Content-Length: -1\r\n\r\n",
                "Content-Length: +5\r\n\r\nabcde",
                "Content-Length: 5, 6\r\n\r\nabcde",
                "Content-Length : 5\r\n\r\nabcde",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            })
    void second_request_is_not_smuggled_in_the_first(String framing) throws IOException {
        String answers = exchange("POST /api/v1/readings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + framing + "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(answers).doesNotContain("200 OK").doesNotContain("ok\n");
    }

    @Test
    void flood_of_headers_is_refused() throws IOException {
        assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\nX: " + "y".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(exchange("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(10_000) + "\r\n"))
                .startsWith("HTTP/1.1 431");
        assertThat(exchange("GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 414");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../../../etc/passwd",
                "/v/x/..%2f..%2f..%2fetc/passwd",
                "/v/%2e%2e/%2e%2e/etc/passwd",
                "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                "/v/..%5c..%5cetc%5cpasswd",
                "/%c0%ae%c0%ae/etc/passwd",
                "/%00",
                "/%",
                "/%zz",
                "/v/a%00.js",
                "//etc/passwd",
                "/./.././etc/passwd",
                "/%252e%252e/etc/passwd",
                "/v/../../../../../../../../etc/passwd",
                "/\\..\\..\\etc\\passwd"
            })
    void path_that_leads_out_leads_nowhere(String path) throws IOException {
        String answer = exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        assertThat(answer).matches("(?s)HTTP/1.1 40[04].*").doesNotContain("root:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null", "http://evil.example", "http://127.0.0.1.evil.example", "http://evil.example:80", "https://",
                "http://127.0.0.1:1", "http://127.0.0.1", "127.0.0.1", "http://user@evil.example", "file://"
            })
    void foreign_origin_may_open_neither_a_socket_nor_a_stream(String origin) throws IOException {
        String headers = " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nOrigin: " + origin + "\r\n";
        assertThat(exchange("GET /ws" + headers + UPGRADE + "\r\n")).startsWith("HTTP/1.1 403");
        assertThat(exchange("GET /api/v1/stream?select=a" + headers + "\r\n")).startsWith("HTTP/1.1 403");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ws HTTP/1.0\r\nHost: a\r\n" + UPGRADE,
                "GET /ws HTTP/1.1\r\n" + UPGRADE,
                "GET /ws HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + UPGRADE,
                "GET /ws HTTP/1.1\r\nHost: a\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + UPGRADE,
                "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
                "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!!!\r\n",
                "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            })
    void malformed_handshake_is_refused(String request) throws IOException {
        assertThat(exchange(request + "\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void handshake_of_another_version_is_told_ours() throws IOException {
        assertThat(exchange("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"))
                .startsWith("HTTP/1.1 426")
                .contains("Sec-WebSocket-Version: 13\r\n");
    }

    @Test
    void frame_that_comes_along_with_the_handshake_is_answered_after_it() throws IOException {
        String close = "" + (char) 0x88 + (char) 0x82 + "\0\0\0\0" + (char) 3 + (char) 0xE8;
        assertThat(exchange("GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
                        + (char) 0x89 + (char) 0x81 + "\0\0\0\0p" + close))
                .startsWith("HTTP/1.1 101")
                .contains("" + (char) 0x8A + (char) 1 + "p")
                .endsWith("" + (char) 0x88 + (char) 2 + (char) 3 + (char) 0xE8);
    }

    @Test
    void message_in_a_million_fragments_is_too_big() throws IOException {
        String first = (char) 0x01 + "" + (char) 0x81 + "\0\0\0\0a";
        String more = "\0" + (char) 0x81 + "\0\0\0\0a";
        assertThat(exchange("GET /ws HTTP/1.1\r\nHost: a\r\n" + UPGRADE + "\r\n" + first + more.repeat(1_000_000)))
                .startsWith("HTTP/1.1 101")
                .contains("" + (char) 3 + (char) 0xF1 + "the message is too long or in too many pieces");
    }

    @Test
    void message_that_never_ends_is_closed_with_1008() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.send(0x01, new byte[] {'{'});
            assertThat(viewer.closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void address_behind_a_proxy_has_so_many_connections_and_no_more() throws IOException {
        String header = "X-Forwarded-For: 203.0.113.9\r\n";
        List<RawViewer> viewers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            viewers.add(new RawViewer(port, header));
        }
        assertThat(viewers).allSatisfy(viewer -> assertThat(viewer.response).startsWith("HTTP/1.1 101"));
        try (RawViewer fourth = new RawViewer(port, header);
                RawViewer other = new RawViewer(port, "X-Forwarded-For: 203.0.113.10\r\n")) {
            assertThat(fourth.response).startsWith("HTTP/1.1 503").contains("Retry-After");
            assertThat(other.response).startsWith("HTTP/1.1 101");
        }
        for (RawViewer viewer : viewers) {
            viewer.close();
        }
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        while (!mayConnect(header)) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static boolean mayConnect(String header) throws IOException {
        try (RawViewer again = new RawViewer(port, header)) {
            return again.response.startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void flood_of_pings_is_told_to_stop_and_then_closed() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.next("welcome");
            for (int i = 0; i < 1_000; i++) {
                viewer.send(0x89, new byte[] {1});
            }
            assertThat(viewer.next("rate_limited")).contains("\"retryAfterMillis\":");
            assertThat(viewer.closeCode()).isEqualTo(4029);
        }
    }

    @Test
    void socket_that_floods_is_not_read_for_a_while(@TempDir Path data) throws Exception {
        try (Running server = new Running(data, "history.durability", "memory", "rates.bytes", "1KiB");
                RawViewer honest = new RawViewer(server.port, "");
                SocketChannel flood =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port))) {
            flood.write(bytes("GET /ws HTTP/1.1\r\nHost: a\r\n" + UPGRADE + "\r\n"));
            assertThat(flood.read(ByteBuffer.allocate(1)))
                    .as("the answer begins")
                    .isOne();
            flood.configureBlocking(false);
            ByteBuffer pongs = bytes(((char) 0x8A + "" + (char) 0x80 + "\0\0\0\0").repeat(10_000));
            long taken = 0;
            int refused = 0;
            while (refused < 20) {
                int written = flood.write(pongs);
                taken += written;
                refused = written == 0 ? refused + 1 : 0;
                assertThat(taken).as("bytes that were taken").isLessThan(1L << 28);
                if (!pongs.hasRemaining()) {
                    pongs.rewind();
                }
                if (written == 0) {
                    honest.send("{\"type\":\"ping\",\"clientTime\":1}");
                    honest.next("pong");
                }
            }
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void request_too_many_is_refused_by_its_own_id() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.next("welcome");
            Set<String> unanswered = new HashSet<>();
            for (int i = 0; i < 120; i++) {
                unanswered.add("p" + i);
                viewer.send("{\"type\":\"ping\",\"clientTime\":1,\"requestId\":\"p" + i + "\"}");
            }
            int refused = 0;
            while (!unanswered.isEmpty()) {
                String answer = viewer.next("\"requestId\":");
                unanswered.remove(answer.replaceAll(".*\"requestId\":\"(p\\d+)\".*", "$1"));
                refused += answer.contains("rate_limited") ? 1 : 0;
            }
            assertThat(refused).isPositive();
        }
    }

    @Test
    void churn_of_subscriptions_is_told_to_wait_and_goes_on_after_it() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            for (int i = 1; i <= 60; i++) {
                viewer.send("{\"type\":\"subscribe\",\"requestId\":\"s" + i + "\",\"select\":[\"a\"]}");
                viewer.send("{\"type\":\"unsubscribe\",\"subscription\":" + i + "}");
            }
            assertThat(viewer.next("rate_limited")).contains("retryAfterMillis");
        }
    }

    @Test
    void json_that_is_deep_or_wide_is_refused_or_read_and_harms_nobody() throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.send("[".repeat(60_000));
            assertThat(viewer.next("error")).contains("bad_json");
            viewer.send("{\"type\":" + "{\"a\":".repeat(10_000));
            assertThat(viewer.next("error")).contains("bad_json");
            viewer.send("{\"type\":\"ping\",\"x\":[" + "1,".repeat(30_000) + "1],\"clientTime\":1}");
            assertThat(viewer.next("\"type\":")).isNotEmpty();
            viewer.send("{\"type\":\"subscribe\",\"select\":[" + "\"a\",".repeat(12_000) + "\"a\"]}");
            assertThat(viewer.next("\"type\":")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+)+$",
                "(a|aa)+$",
                "((((((a*)*)*)*)*)*)*b",
                "(a{1000}){1000}",
                "((a{100}){100}){100}",
                "(?:(?:(?:a?){50}){50}){50}",
                "(((((((((((((((((((((((((((((((((",
                "[[[[[[[[[[[["
            })
    void selector_that_is_a_bomb_is_answered(String expression) throws IOException {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.next("welcome");
            viewer.send("{\"type\":\"subscribe\",\"select\":[\"{a=~\\\"" + expression + "\\\"}\"]}");
            assertThat(viewer.next("\"type\":")).containsAnyOf("subscribed", "bad_selector");
        }
        String query = java.net.URLEncoder.encode("{a=~\"" + expression + "\"}", StandardCharsets.UTF_8);
        assertThat(exchange(
                        "GET /api/v1/history?select=" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 ");
    }
}
