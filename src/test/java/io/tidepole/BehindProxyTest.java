package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Senders behind a proxy that we trust are held to the rates of their own addresses. */
@Timeout(60)
final class BehindProxyTest {
    /** MQTT 5, clean start, client c. */
    private static final String CONNECT = "100e00044d5154540502003c00000163";
    /** QoS 1, packet 7, 1 to sensors/a/x. */
    private static final String PUBLISH = "321100" + "0b73656e736f72732f612f78" + "0007" + "00" + "31";

    @TempDir
    private Path folder;

    private Running server;

    @BeforeEach
    void start() throws Exception {
        server = new Running(
                folder,
                "connections.trusted_proxies",
                "127.0.0.1",
                "limits.address_rate",
                "10",
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int post(String address, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/api/v1/readings"))
                .header("Content-Type", "application/x-ndjson")
                .header("X-Forwarded-For", address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode();
    }

    private void useUp(String address) throws Exception {
        assertThat(post(address, "{\"deviceId\":\"a\",\"x\":1}\n".repeat(500))).isEqualTo(200);
    }

    /** The reason code of PUBACK. */
    private String publish(String address) throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .header("X-Forwarded-For", address)
                .buildAsync(URI.create("ws://127.0.0.1:" + server.port + "/mqtt"), new Frames(answers))
                .get(30, TimeUnit.SECONDS);
        socket.sendBinary(ByteBuffer.wrap(HexFormat.of().parseHex(CONNECT)), true)
                .get(30, TimeUnit.SECONDS);
        assertThat(answers.poll(30, TimeUnit.SECONDS)).startsWith("20");
        socket.sendBinary(ByteBuffer.wrap(HexFormat.of().parseHex(PUBLISH)), true)
                .get(30, TimeUnit.SECONDS);
        String answer = String.valueOf(answers.poll(30, TimeUnit.SECONDS));
        socket.abort();
        assertThat(answer).startsWith("40");
        return answer.length() == 8 ? "00" : answer.substring(8, 10);
    }

    @Test
    void requests_ofAnAddressThatSentTooMuch_areRefused_andThoseOfAnotherAreNot() throws Exception {
        useUp("203.0.113.9");

        assertThat(post("203.0.113.9", "{\"deviceId\":\"a\",\"x\":1}")).isEqualTo(429);
        assertThat(post("203.0.113.10", "{\"deviceId\":\"a\",\"x\":1}")).isEqualTo(200);
    }

    @Test
    void mqttOverWebSocket_isHeldToItsOwnAddressToo() throws Exception {
        useUp("203.0.113.9");

        assertThat(publish("203.0.113.9")).as("quota exceeded").isEqualTo("97");
        assertThat(publish("203.0.113.10")).isEqualTo("00");
    }

    /** Whole messages as they come, in hexadecimal digits. */
    private record Frames(BlockingQueue<String> answers, ByteArrayOutputStream part) implements WebSocket.Listener {
        Frames(BlockingQueue<String> answers) {
            this(answers, new ByteArrayOutputStream());
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            part.writeBytes(bytes);
            if (last) {
                answers.add(HexFormat.of().formatHex(part.toByteArray()));
                part.reset();
            }
            socket.request(1);
            return null;
        }
    }
}
