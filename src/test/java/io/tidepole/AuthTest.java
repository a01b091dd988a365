package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers and devices that prove who they are, or do not. */
final class AuthTest extends ClosedServer {
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
        assertThat(post("/api/v1/annotations", "{}", "Cookie", "tidepole=" + all)
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/api/v1/stats", "Cookie", "tidepole=" + all).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/stats", "Cookie", "tidepole=" + all, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
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
            viewer.send(
                    "{\"type\":\"subscribe\",\"select\":[\"summed\"],\"interval\":1000,\"stat\":\"sum\",\"by\":[]}");
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
