package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import io.tidepole.Needs;
import io.tidepole.auth.Authenticator;
import io.tidepole.auth.Credentials;
import io.tidepole.auth.Principal;
import io.tidepole.config.Config;
import io.tidepole.guard.Gate;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets, with HiveMQ's client, and with bare bytes. */
@Timeout(60)
final class MqttDoorTest {
    private final Vertx vertx = Vertx.vertx();
    private final Desk desk = new Desk("limits.device_rate", "1000", "limits.line", "1KiB");
    private final BlockingQueue<String> goodbyes = new LinkedBlockingQueue<>();
    private final MqttDoor door = door(Map.of("mqtt.port", "0"));

    private MqttDoor door(Map<String, String> settings) {
        return door(settings, "127.0.0.1", Authenticator.OPEN);
    }

    private MqttDoor door(Map<String, String> settings, String host, Authenticator authenticator) {
        return new MqttDoor(
                Config.of(settings).mqtt(),
                host,
                desk.intake,
                goodbyes::add,
                authenticator,
                new Gate(Config.of(settings).connections(), System::currentTimeMillis),
                java.util.Optional.empty());
    }

    @BeforeEach
    void listen() throws Exception {
        await(door.start(vertx, 2));
    }

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private Mqtt3BlockingClient old(String clientId) {
        return Mqtt3Client.builder()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(door.port())
                .buildBlocking();
    }

    private Mqtt5BlockingClient recent(String clientId) {
        return Mqtt5Client.builder()
                .identifier(clientId)
                .serverHost("127.0.0.1")
                .serverPort(door.port())
                .buildBlocking();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void object_andNumber_throughVersion3_areTheSeriesOfHttp() {
        Mqtt3BlockingClient client = old("c");
        client.connect();
        for (MqttQos quality : new MqttQos[] {MqttQos.AT_LEAST_ONCE, MqttQos.EXACTLY_ONCE}) {
            client.publishWith()
                    .topic("sensors/sensor-9")
                    .qos(quality)
                    .payload(bytes("{\"deviceId\":\"x\",\"temperature\":21.8,\"humidity\":44}"))
                    .send();
            client.publishWith()
                    .topic("sensors/sensor-9/temperature")
                    .qos(quality)
                    .payload(bytes("22.5"))
                    .send();
        }
        client.disconnect();
        desk.json("{\"deviceId\":\"sensor-9\",\"temperature\":23}");

        assertThat(desk.out())
                .containsExactly(
                        "temperature{device=\"sensor-9\"}=21.8",
                        "humidity{device=\"sensor-9\"}=44.0",
                        "temperature{device=\"sensor-9\"}=22.5",
                        "temperature{device=\"sensor-9\"}=21.8",
                        "humidity{device=\"sensor-9\"}=44.0",
                        "temperature{device=\"sensor-9\"}=22.5",
                        "temperature{device=\"sensor-9\"}=23.0");
        assertThat(desk.intake.figures().series()).isEqualTo(2);
    }

    @Test
    void reading_withQualityZero_isTaken() {
        Mqtt5BlockingClient client = recent("c");
        client.connect();
        client.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_MOST_ONCE)
                .payload(bytes("1"))
                .send();
        client.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("2"))
                .retain(true)
                .send();
        client.disconnect();

        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0", "x{device=\"a\"}=2.0");
    }

    @Test
    void refusal_inVersion5_isNamed() {
        Mqtt5BlockingClient client = recent("c");
        client.connect();

        assertThat(refused(client, "sensors/a", "{")).isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
        assertThat(refused(client, "sensors/a/x", "warm")).isEqualTo(Mqtt5PubAckReasonCode.PAYLOAD_FORMAT_INVALID);
        assertThat(refused(client, "home/a/x", "1")).isEqualTo(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID);
        assertThat(refused(client, "sensors/a/b/c", "1")).isEqualTo(Mqtt5PubAckReasonCode.TOPIC_NAME_INVALID);
        assertThat(refused(client, "sensors/forbidden", "{\"x\":1}")).isEqualTo(Mqtt5PubAckReasonCode.NOT_AUTHORIZED);
        client.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("1"))
                .send();
        client.disconnect();
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0");
    }

    private static Mqtt5PubAckReasonCode refused(Mqtt5BlockingClient client, String topic, String payload) {
        try {
            client.publishWith()
                    .topic(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(bytes(payload))
                    .send();
            return Mqtt5PubAckReasonCode.SUCCESS;
        } catch (Mqtt5PubAckException e) {
            assertThat(e.getMqttMessage().getReasonString()).isPresent();
            return e.getMqttMessage().getReasonCode();
        }
    }

    @Test
    void refusal_inVersion3_isAcknowledgedAndCounted() {
        Mqtt3BlockingClient client = old("c");
        client.connect();
        client.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("no"))
                .send();
        client.disconnect();

        assertThat(desk.intake.figures().refused()).isEqualTo(Map.of("no_measure", 1L));
    }

    @Test
    void subscription_toItsOwnTopics_isGrantedAndNoOther() {
        Mqtt5BlockingClient recent = recent("dev-1");
        recent.connect();
        recent.subscribeWith().topicFilter("sensors/dev-1/#").send();
        assertThatThrownBy(() -> recent.subscribeWith().topicFilter("sensors/#").send())
                .isInstanceOf(Mqtt5SubAckException.class);
        recent.disconnect();
        Mqtt3BlockingClient old = old("dev-2");
        old.connect();
        assertThatThrownBy(() -> old.subscribeWith().topicFilter("#").send()).isInstanceOf(Mqtt3SubAckException.class);
        old.disconnect();
    }

    @Test
    void client_whoseIdIsUsedAgain_isTold() throws Exception {
        BlockingQueue<Object> told = new LinkedBlockingQueue<>();
        Mqtt5BlockingClient first = Mqtt5Client.builder()
                .identifier("same")
                .serverHost("127.0.0.1")
                .serverPort(door.port())
                .addDisconnectedListener(event -> told.add(event.getCause()))
                .buildBlocking();
        first.connect();
        Mqtt5BlockingClient second = recent("same");
        second.connect();

        assertThat(told.take())
                .isInstanceOfSatisfying(
                        com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException.class,
                        e -> assertThat(e.getMqttMessage().getReasonCode())
                                .isEqualTo(Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER));
        second.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("1"))
                .send();
        assertThat(door.connections()).isOne();
        second.disconnect();
    }

    @Test
    void will_ofAConnectionThatBreaksOff_saysGoodbye() throws Exception {
        // CONNECT 3.1.1, client c, clean, will to sensors/dev-7/status saying "x"
        try (Socket socket = connected(
                "102600044d5154540406003c000163" + "001473656e736f72732f6465762d372f737461747573" + "000178")) {
            assertThat(socket.isConnected()).isTrue();
        }
        assertThat(goodbyes.poll(10, TimeUnit.SECONDS)).isEqualTo("dev-7");
    }

    @Test
    void quality2_sentTwice_countsOnce() throws Exception {
        try (Socket socket = connected(CONNECT)) {
            String publish = "341000" + "0b73656e736f72732f612f78" + "0007" + "31";
            send(socket, publish);
            assertThat(read(socket, 4)).isEqualTo("50020007");
            send(socket, publish.replaceFirst("34", "3c"));
            assertThat(read(socket, 4)).isEqualTo("50020007");
            send(socket, "62020007");
            assertThat(read(socket, 4)).isEqualTo("70020007");
            send(socket, publish);
            assertThat(read(socket, 4)).isEqualTo("50020007");
        }
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0", "x{device=\"a\"}=1.0");
    }

    @Test
    void quality2_thatIsRefused_saysWhyInVersion5_andItsPacketIdIsFree() {
        Mqtt5BlockingClient client = recent("c");
        client.connect();
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> client.publishWith()
                            .topic("sensors/forbidden-1/x")
                            .qos(MqttQos.EXACTLY_ONCE)
                            .payload(bytes("1"))
                            .send())
                    .isInstanceOfSatisfying(Mqtt5PubRecException.class, e -> {
                        assertThat(e.getMqttMessage().getReasonCode()).isEqualTo(Mqtt5PubRecReasonCode.NOT_AUTHORIZED);
                        assertThat(e.getMqttMessage().getReasonString()).isPresent();
                    });
            client.publishWith()
                    .topic("sensors/a/x")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .payload(bytes("1"))
                    .send();
        }
        client.disconnect();
        assertThat(desk.out()).hasSize(3).containsOnly("x{device=\"a\"}=1.0");
    }

    @Test
    void quality2_thatIsRefused_isAcknowledgedInVersion311_whichHasNoWordForIt() throws Exception {
        try (Socket socket = connected(CONNECT)) {
            send(socket, "341800" + "1373656e736f72732f666f7262696464656e2f78" + "0007" + "31");
            assertThat(read(socket, 4)).isEqualTo("50020007");
            send(socket, "62020007");
            assertThat(read(socket, 4)).isEqualTo("70020007");
        }
        assertThat(desk.out()).isEmpty();
        assertThat(desk.intake.figures().refused()).containsEntry("forbidden", 1L);
    }

    @Test
    void address_withAsManyConnectionsAsItMayHave_getsNoMore() throws Exception {
        String own = ownAddress();
        Needs.that(!own.isEmpty(), "an address that is not loopback");
        Vertx another = Vertx.vertx();
        try {
            MqttDoor third = door(Map.of("mqtt.port", "0", "connections.per_address", "2"), own, Authenticator.OPEN);
            await(third.start(another, 1));
            try (Socket first = new Socket(own, third.port());
                    Socket second = new Socket(own, third.port())) {
                send(first, CONNECT);
                assertThat(read(first, 4)).isEqualTo("20020000");
                send(second, CONNECT.replaceFirst("63$", "64"));
                assertThat(read(second, 4)).isEqualTo("20020000");
                try (Socket one = new Socket(own, third.port())) {
                    send(one, CONNECT.replaceFirst("63$", "65"));
                    assertThat(read(one, 4)).isEqualTo("20020003");
                    assertThat(one.getInputStream().read()).isNegative();
                }
            }
            String answer;
            do {
                try (Socket again = new Socket(own, third.port())) {
                    send(again, CONNECT);
                    answer = read(again, 4);
                }
            } while (!answer.equals("20020000"));
        } finally {
            await(another.close());
        }
    }

    @Test
    void port_forWhatComesThroughWebSockets_isForNobodyElse() throws Exception {
        Vertx another = Vertx.vertx();
        try {
            MqttDoor third = door(Map.of("mqtt.port", "0", "mqtt.proxy_protocol", "true"));
            await(third.start(another, 1));
            assertThat(third.inside().port()).isNotEqualTo(third.port());
            try (Socket stranger =
                    new Socket(InetAddress.getLoopbackAddress(), third.inside().port())) {
                send(stranger, CONNECT);
                assertThat(stranger.getInputStream().read()).isNegative();
            }
        } finally {
            await(another.close());
        }
    }

    /** Lets in everyone but those with a name, who hear nothing until {@code answer} is there. */
    private record Slow(BlockingQueue<Credentials> asked, Promise<Principal> answer) implements Authenticator {
        @Override
        public boolean isRequired() {
            return true;
        }

        @Override
        public Future<Principal> authenticate(Credentials credentials) {
            if (credentials.isEmpty()) {
                return Future.succeededFuture(Principal.ANYBODY);
            }
            asked.add(credentials);
            return answer.future();
        }

        @Override
        public boolean isValid(Principal principal) {
            return true;
        }
    }

    @Test
    void client_thatGoesWhileItsTokenIsLookedAt_leavesNothingBehind() throws Exception {
        String own = ownAddress();
        Needs.that(!own.isEmpty(), "an address that is not loopback");
        Slow slow = new Slow(new LinkedBlockingQueue<>(), Promise.promise());
        Vertx another = Vertx.vertx();
        try {
            MqttDoor third = door(Map.of("mqtt.port", "0", "connections.per_address", "2"), own, slow);
            await(third.start(another, 1));
            try (Socket socket = new Socket(own, third.port())) {
                // CONNECT 3.1.1, client d, clean, name n, password p
                send(socket, "101300044d51545404c2003c000164" + "00016e" + "000170");
                assertThat(slow.asked().poll(10, TimeUnit.SECONDS)).isNotNull();
            }
            try (Socket first = new Socket(own, third.port());
                    Socket second = new Socket(own, third.port())) {
                send(first, CONNECT);
                assertThat(read(first, 4)).isEqualTo("20020000");
                ping(first); // the one loop has by now seen that the other is gone

                slow.answer().complete(Principal.ANYBODY);
                ping(first);

                assertThat(third.connections()).isOne();
                send(second, CONNECT.replaceFirst("63$", "64"));
                assertThat(read(second, 4)).isEqualTo("20020000");
            }
        } finally {
            await(another.close());
        }
    }

    private static void ping(Socket socket) throws Exception {
        send(socket, "c000");
        assertThat(read(socket, 2)).isEqualTo("d000");
    }

    private static String ownAddress() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("");
    }

    /** 3.1.1, client c, clean. */
    private static final String CONNECT = "100d00044d5154540402003c000163";

    private Socket connected(String hex) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port());
        send(socket, hex);
        assertThat(read(socket, 4)).isEqualTo("20020000");
        return socket;
    }

    private static void send(Socket socket, String hex) throws Exception {
        OutputStream out = socket.getOutputStream();
        out.write(HexFormat.of().parseHex(hex));
        out.flush();
    }

    private static String read(Socket socket, int count) throws Exception {
        InputStream in = socket.getInputStream();
        return HexFormat.of().formatHex(in.readNBytes(count));
    }

    @Test
    void packet_thatIsMalformed_endsOnlyItsConnection() throws Exception {
        Mqtt3BlockingClient honest = old("honest");
        honest.connect();
        for (String bad : new String[] {"ffffffffff", "30", "3fff7f", "1000", CONNECT + CONNECT, CONNECT + "360300"}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
                send(socket, bad);
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
            }
        }
        honest.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("1"))
                .send();
        honest.disconnect();
        assertThat(desk.readings()).hasSize(1);
    }

    @Test
    void client_withoutAnId_getsOne() {
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .serverHost("127.0.0.1")
                .serverPort(door.port())
                .buildBlocking();
        client.connect();
        client.publishWith()
                .topic("sensors/a/x")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(bytes("1"))
                .send();
        client.disconnect();

        assertThat(desk.readings()).hasSize(1);
    }

    @Test
    void port_thatSomebodyAskedForAndIsTaken_isAFailure() throws Exception {
        Vertx another = Vertx.vertx();
        try (ServerSocket taken = new ServerSocket(0)) {
            MqttDoor third = door(Map.of("mqtt.port", String.valueOf(taken.getLocalPort())));
            assertThatThrownBy(() -> await(third.start(another, 1))).hasCauseInstanceOf(java.net.BindException.class);
        } finally {
            await(another.close());
        }
    }
}
