package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Devices that show a certificate in place of a token, over each way in that speaks TLS. */
final class DeviceCertificateTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    static Path folder;

    private static Running server;
    private static int mqttPort;

    /** Believes everything: whom the server believes is looked at here. */
    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    @BeforeAll
    static void start() throws Exception {
        certify("real", "sensor-9");
        certify("forged", "sensor-9");
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

    /** A certificate that signs itself, its key, and as a file for the server. */
    private static void certify(String name, String device) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=" + device + ",O=Plant")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        byte[] certificate = keys(name).getCertificate("a").getEncoded();
        Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate)
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static KeyStore keys(String name) throws Exception {
        return KeyStore.getInstance(folder.resolve(name + ".p12").toFile(), PASSWORD);
    }

    private static SSLSocket connect(int port, String name) throws Exception {
        KeyManager[] keys = {};
        if (!name.equals("none")) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys(name), PASSWORD);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Credulous()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static String http(String name, String request, String headers, String body) throws Exception {
        try (SSLSocket socket = connect(server.port, name)) {
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
        assertThat(http("real", "POST /api/v1/readings", "", reading("sensor-9")))
                .startsWith("HTTP/1.1 200")
                .contains("\"accepted\":1")
                .containsIgnoringCase("strict-transport-security");
        assertThat(http("real", "POST /api/v1/readings", "", reading("sensor-8")))
                .contains("forbidden");
        assertThat(http("real", "GET /api/v1/me", "", "")).contains("\"userId\":\"sensor-9\"");
        assertThat(http("real", "GET /api/v1/stats", "", "")).startsWith("HTTP/1.1 403");
    }

    @Test
    void without_a_certificate_a_token_is_asked_for_and_one_that_nobody_vouches_for_ends_the_connection()
            throws Exception {
        assertThat(http("none", "POST /api/v1/readings", "", reading("sensor-9")))
                .startsWith("HTTP/1.1 401");
        assertThat(answerToForger()).isEmpty();
    }

    private static String answerToForger() throws Exception {
        try {
            return http("forged", "POST /api/v1/readings", "", reading("sensor-9"));
        } catch (IOException cutOff) {
            return "";
        }
    }

    @Test
    void device_writes_over_a_websocket() throws Exception {
        String path = "/ingest";
        try (SSLSocket socket = connect(server.port, "real")) {
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
        try (SSLSocket socket = connect(mqttPort, "real")) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(packet(0x10, "\0\4MQTT\5\2\0\0\0\0\3abc"));
            assertThat(answer(in)[1]).isZero();
            socket.getOutputStream().write(packet(0x32, "\0\31sensors/sensor-9/humidity\0\1\0" + "55"));
            assertThat(reason(answer(in))).isZero();
            socket.getOutputStream().write(packet(0x32, "\0\31sensors/sensor-8/humidity\0\2\0" + "55"));
            assertThat(reason(answer(in))).isEqualTo(0x87);
        }
        try (SSLSocket socket = connect(mqttPort, "none")) {
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
