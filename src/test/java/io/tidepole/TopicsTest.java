package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What viewers may ask to be told of beside series, by a whole server. */
final class TopicsTest {
    private static Tidepole tidepole;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "2",
                        "host.enabled", "false",
                        "mqtt.enabled", "false",
                        "history.durability", "memory")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    private static void sends(String device) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/readings"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"deviceId\":\"" + device + "\",\"temperature\":21.5}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void viewer_who_asks_is_told_of_a_new_device_and_one_who_gave_it_up_is_not() throws Exception {
        try (RawViewer asks = new RawViewer(port, "");
                RawViewer asked = new RawViewer(port, "")) {
            asks.send("{\"type\":\"subscribe\",\"requestId\":\"q\",\"topics\":[\"device.state\"]}");
            asked.send("{\"type\":\"subscribe\",\"topics\":[\"device.state\"]}");
            assertThat(asks.next("subscribed"))
                    .contains("\"requestId\":\"q\",\"subscription\":1,\"topics\":[\"device.state\"],\"t\":");
            asked.next("subscribed");
            asked.send("{\"type\":\"unsubscribe\",\"requestId\":\"u\",\"subscription\":1}");
            asked.next("unsubscribed");

            sends("newcomer-1");

            assertThat(asks.next("device.state")).contains("\"deviceId\":\"newcomer-1\",\"state\":\"live\"");
            asked.send("{\"type\":\"ping\",\"clientTime\":1}");
            assertThat(asked.next("\"type\"")).contains("\"type\":\"pong\"");
        }
    }

    @Test
    void topic_that_is_not_known_is_refused() throws Exception {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.send("{\"type\":\"subscribe\",\"requestId\":\"x\",\"topics\":[\"weather\"]}");

            assertThat(viewer.next("error")).contains("\"code\":\"bad_topic\"").contains("\"requestId\":\"x\"");
        }
    }
}
