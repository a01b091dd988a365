package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that show a certificate in place of a token, over each way in that speaks TLS. */
final class DeviceCertificateTest {
    @TempDir
    static Path folder;

    private static Running server;
    private static int mqttPort;
    private static TestCertificate real;
    private static TestCertificate forged;

    @BeforeAll
    static void start() throws Exception {
        real = TestCertificate.of("CN=sensor-9,O=Plant", folder).write(folder.resolve("real.pem"));
        forged = TestCertificate.of("CN=sensor-9,O=Plant", folder);
        mqttPort = Running.freePort();
        server = server("common_name", "request", folder.resolve("real.pem"), mqttPort);
    }

    private static Running server(String name, String clientAuth, Path authority, int mqttPort) throws Exception {
        return new Running(
                Files.createTempDirectory(folder, "data"),
                "auth.enabled",
                "true",
                "auth.certificates",
                name,
                "tls.dev",
                "true",
                "tls.client_auth",
                clientAuth,
                "tls.client_ca",
                authority.toString(),
                "tls.mqtt_port",
                Integer.toString(mqttPort),
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String http(SSLSocket connected, String request, String headers, String body) throws Exception {
        try (SSLSocket socket = connected) {
            socket.getOutputStream()
                    .write((request + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n" + headers
                                    + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String reading(String device) {
        return "{\"type\":\"sensor.reading\",\"requestId\":\"r\",\"deviceId\":\"" + device + "\",\"temperature\":21}";
    }

    @Test
    void device_writes_over_http_for_itself_and_nobody_else_and_reads_nothing() throws Exception {
        assertThat(http(real.connect(server.port), "POST /api/v1/readings", "", reading("sensor-9")))
                .startsWith("HTTP/1.1 200")
                .contains("\"accepted\":1")
                .containsIgnoringCase("strict-transport-security");
        assertThat(http(real.connect(server.port), "POST /api/v1/readings", "", reading("sensor-8")))
                .contains("forbidden");
        assertThat(http(real.connect(server.port), "GET /api/v1/me", "", "")).contains("\"userId\":\"sensor-9\"");
        assertThat(http(real.connect(server.port), "GET /api/v1/stats", "", "")).startsWith("HTTP/1.1 403");
    }

    @Test
    void without_a_certificate_a_token_is_asked_for_and_one_that_nobody_vouches_for_ends_the_connection()
            throws Exception {
        assertThat(http(TestCertificate.connectWithout(server.port), "POST /api/v1/readings", "", reading("sensor-9")))
                .startsWith("HTTP/1.1 401");
        assertThat(unlessCutOff(
                        () -> http(forged.connect(server.port), "POST /api/v1/readings", "", reading("sensor-9"))))
                .isEmpty();
    }

    /** Over TLS 1.3 a client learns with its first answer that its certificate was not taken. */
    private static String unlessCutOff(Callable<String> talk) throws Exception {
        try {
            return talk.call();
        } catch (IOException cutOff) {
            return "";
        }
    }

    @Test
    void device_writes_over_a_websocket() throws Exception {
        assertThat(webSocket(real.connect(server.port), "sensor-9")).contains("\"accepted\":1");
        assertThat(webSocket(real.connect(server.port), "sensor-8")).contains("forbidden");
    }

    /** What is answered to a reading of this device that comes in a frame. */
    private static String webSocket(SSLSocket connected, String device) throws IOException {
        try (SSLSocket socket = connected) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            TestCertificate.upgrade(socket, in, "/ingest");
            return said(socket, in, reading(device));
        }
    }

    private static String said(SSLSocket socket, DataInputStream in, String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        socket.getOutputStream().write(frame);
        assertThat(nextButPings(in)).isEqualTo(0x81);
        return new String(payload(in), StandardCharsets.UTF_8);
    }

    /** The first byte of the next frame that is not a heartbeat. */
    private static int nextButPings(DataInputStream in) throws IOException {
        int first = in.readUnsignedByte();
        while (first == 0x89) {
            payload(in);
            first = in.readUnsignedByte();
        }
        return first;
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        return in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    }

    @Test
    void device_writes_over_mqtt_without_a_password() throws Exception {
        assertThat(mqtt(real.connect(mqttPort), "sensor-9")).isEqualTo("0 0");
        assertThat(mqtt(real.connect(mqttPort), "sensor-8")).isEqualTo("0 135");
        assertThat(mqtt(TestCertificate.connectWithout(mqttPort), "sensor-9")).isEqualTo("134");
    }

    /** The reason codes (MQTT 5, section 2.4) of CONNACK and, if that was 0, of PUBACK to a reading of this device. */
    private static String mqtt(SSLSocket connected, String device) throws IOException {
        try (SSLSocket socket = connected) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(packet(0x10, "\0\4MQTT\5\2\0\0\0\0\3abc"));
            int code = answer(in)[1] & 0xFF;
            if (code != 0) {
                return Integer.toString(code);
            }
            String topic = "sensors/" + device + "/humidity";
            socket.getOutputStream().write(packet(0x32, "\0" + (char) topic.length() + topic + "\0\1\0" + "55"));
            return "0 " + reason(answer(in));
        }
    }

    @Test
    void dns_name_of_a_certificate_that_has_to_be_shown_is_the_device_at_every_door() throws Exception {
        Path authority = folder.resolve("plant.pem");
        TestCertificate named = TestCertificate.of(
                        "CN=boiler", folder, "-ext", "SAN=email:a@plant.example,dns:sensor-9.plant,dns:sensor-8.plant")
                .add(authority);
        TestCertificate nameless =
                TestCertificate.of("CN=sensor-9.plant", folder).add(authority);
        int mqtts = Running.freePort();
        try (Running strict = server("dns_name", "required", authority, mqtts)) {
            assertThat(doors(named::connect, strict.port, mqtts, "sensor-9.plant"))
                    .satisfiesExactly(
                            http -> assertThat(http).startsWith("HTTP/1.1 200").contains("\"accepted\":1"),
                            socket -> assertThat(socket).contains("\"accepted\":1"),
                            mqtt -> assertThat(mqtt).isEqualTo("0 0"));
            for (String other : new String[] {"boiler", "sensor-8.plant", "a@plant.example"}) {
                assertThat(doors(named::connect, strict.port, mqtts, other))
                        .satisfiesExactly(
                                http -> assertThat(http).contains("forbidden"),
                                socket -> assertThat(socket).contains("forbidden"),
                                mqtt -> assertThat(mqtt).isEqualTo("0 135"));
            }
            assertThat(doors(nameless::connect, strict.port, mqtts, "sensor-9.plant"))
                    .as("a common name names nobody here")
                    .satisfiesExactly(
                            http -> assertThat(http).startsWith("HTTP/1.1 401"),
                            socket -> assertThat(socket).contains("not_authenticated"),
                            mqtt -> assertThat(mqtt).isEqualTo("134"));
            assertThat(doors(TestCertificate::connectWithout, strict.port, mqtts, "sensor-9.plant"))
                    .as("without a certificate")
                    .containsOnly("");
            assertThat(doors(forged::connect, strict.port, mqtts, "sensor-9"))
                    .as("with one that nobody vouches for")
                    .containsOnly("");
        }
    }

    @Test
    void connection_ends_when_its_certificate_does() throws Exception {
        Path authority = folder.resolve("short.pem");
        int mqtts = Running.freePort();
        // A day long, of which all but half a minute is past.
        TestCertificate ending = TestCertificate.of("CN=sensor-9", folder, "-startdate", "-1d+30S", "-validity", "1")
                .add(authority);
        try (Running passing = server("common_name", "request", authority, mqtts);
                SSLSocket socket = ending.connect(passing.port);
                SSLSocket mqtt = ending.connect(mqtts)) {
            DataInputStream frames = new DataInputStream(socket.getInputStream());
            TestCertificate.upgrade(socket, frames, "/ingest");
            assertThat(said(socket, frames, reading("sensor-9"))).contains("\"accepted\":1");
            DataInputStream packets = new DataInputStream(mqtt.getInputStream());
            mqtt.getOutputStream().write(packet(0x10, "\0\4MQTT\5\2\0\0\0\0\3abc"));
            assertThat(answer(packets)[1]).isZero();

            socket.setSoTimeout(60_000);
            mqtt.setSoTimeout(60_000);
            int opcode = nextButPings(frames);
            byte[] last = payload(frames);
            while (opcode != 0x88) { // an error that says why
                opcode = nextButPings(frames);
                last = payload(frames);
            }
            assertThat(((last[0] & 0xFF) << 8) | (last[1] & 0xFF)).isEqualTo(4001);
            assertThat(packets.readUnsignedByte()).as("DISCONNECT").isEqualTo(0xE0);
            assertThat(packets.readNBytes(packets.readUnsignedByte())[0] & 0xFF)
                    .as("not authorized")
                    .isEqualTo(0x87);
        }
    }

    private interface Client {
        SSLSocket connect(int port) throws Exception;
    }

    /** What is answered to a reading of this device over HTTP, a WebSocket and MQTT; nothing where the server hangs up. */
    private static List<String> doors(Client client, int https, int mqtts, String device) throws Exception {
        return List.of(
                unlessCutOff(() -> http(client.connect(https), "POST /api/v1/readings", "", reading(device))),
                unlessCutOff(() -> webSocket(client.connect(https), device)),
                unlessCutOff(() -> mqtt(client.connect(mqtts), device)));
    }

    private static byte[] packet(int type, String rest) {
        return ((char) type + "" + (char) rest.length() + rest).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] answer(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        return in.readNBytes(in.readUnsignedByte());
    }

    /** Of a PUBACK: its absence is success (MQTT 5, section 3.4.2.1). */
    private static int reason(byte[] acknowledgement) {
        return acknowledgement.length < 3 ? 0 : acknowledgement[2] & 0xFF;
    }
}
