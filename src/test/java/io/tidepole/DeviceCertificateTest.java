package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
        try (ServerSocket free = new ServerSocket(0)) {
            mqttPort = free.getLocalPort();
        }
        server = new Running(
                folder,
                "auth.enabled",
                "true",
                "auth.certificates",
                "common_name",
                "tls.dev",
                "true",
                "tls.client_auth",
                "request",
                "tls.client_ca",
                folder.resolve("real.pem").toString(),
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
        assertThat(answerToForger()).isEmpty();
    }

    private static String answerToForger() throws Exception {
        try {
            return http(forged.connect(server.port), "POST /api/v1/readings", "", reading("sensor-9"));
        } catch (IOException cutOff) {
            return "";
        }
    }

    @Test
    void device_writes_over_a_websocket() throws Exception {
        String path = "/ingest";
        try (SSLSocket socket = real.connect(server.port)) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            assertThat(said(socket, in, reading("sensor-9"))).contains("\"accepted\":1");
            assertThat(said(socket, in, reading("sensor-8"))).contains("forbidden");
        }
    }

    private static String said(SSLSocket socket, DataInputStream in, String message) throws IOException {
        byte[] text = message.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        socket.getOutputStream().write(frame);
        assertThat(in.readUnsignedByte()).isEqualTo(0x81);
        int length = in.readUnsignedByte();
        return new String(in.readNBytes(length == 126 ? in.readUnsignedShort() : length), StandardCharsets.UTF_8);
    }

    @Test
    void device_writes_over_mqtt_without_a_password() throws Exception {
        try (SSLSocket socket = real.connect(mqttPort)) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(packet(0x10, "\0\4MQTT\5\2\0\0\0\0\3abc"));
            assertThat(answer(in)[1]).isZero();
            socket.getOutputStream().write(packet(0x32, "\0\31sensors/sensor-9/humidity\0\1\0" + "55"));
            assertThat(reason(answer(in))).isZero();
            socket.getOutputStream().write(packet(0x32, "\0\31sensors/sensor-8/humidity\0\2\0" + "55"));
            assertThat(reason(answer(in))).isEqualTo(0x87);
        }
        try (SSLSocket socket = TestCertificate.connectWithout(mqttPort)) {
            socket.getOutputStream().write(packet(0x10, "\0\4MQTT\5\2\0\0\0\0\3abc"));
            assertThat(answer(new DataInputStream(socket.getInputStream()))[1]).isEqualTo((byte) 0x86);
        }
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
