package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate, and one that is renewed. */
final class TlsTest {
    @TempDir
    Path folder;

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** Writes a certificate and its key where the server looks for them. */
    private void certify(String name) throws Exception {
        TestCertificate.of("CN=" + name, folder)
                .write(folder.resolve("cert.pem"))
                .writeKey(folder.resolve("key.pem"));
    }

    @Test
    void renewed_certificate_is_taken_and_open_connections_go_on() throws Exception {
        certify("first");
        Tidepole tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "1",
                        "host.enabled", "false",
                        "mqtt.port", "0",
                        "tls.mqtt_port", "0",
                        "data", folder.resolve("data").toString(),
                        "tls.certificate", folder.resolve("cert.pem").toString(),
                        "tls.key", folder.resolve("key.pem").toString())),
                new Version("test"));
        int port = tidepole.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        try (SSLSocket viewer = TestCertificate.connectWithout(port)) {
            assertThat(subject(viewer)).isEqualTo("CN=first");
            DataInputStream in = new DataInputStream(viewer.getInputStream());
            TestCertificate.upgrade(viewer, in, "/ws");

            certify("second");
            awaitSubject(port, "CN=second");

            viewer.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'p'});
            assertThat(frames(in)).isEqualTo('p');
        } finally {
            tidepole.stop();
        }
    }

    @Test
    void connection_that_never_speaks_tls_is_ended_at_either_port() throws Exception {
        int mqtts = Running.freePort();
        try (Running server = new Running(
                folder,
                "tls.dev",
                "true",
                "tls.mqtt_port",
                Integer.toString(mqtts),
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0",
                "connections.header_timeout",
                "500ms")) {
            for (int port : new int[] {server.port, mqtts}) {
                try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    silent.setSoTimeout(30_000);
                    assertThat(silent.getInputStream().read()).isNegative();
                }
            }
        }
    }

    @Test
    void plain_port_sends_readers_to_the_other_and_takes_nothing() throws Exception {
        int plain = Running.freePort();
        try (Running server = new Running(folder, "tls.dev", "true", "tls.redirect_port", Integer.toString(plain))) {
            assertThat(plain(plain, "GET /x?y=1 HTTP/1.1\r\nHost: tide.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 308")
                    .containsIgnoringCase("location: https://tide.example:" + server.port + "/x?y=1\r\n");
            assertThat(plain(plain, "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static String plain(int port, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void awaitSubject(int port, String subject) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        String seen = "";
        while (!seen.equals(subject)) {
            assertThat(System.nanoTime())
                    .as("the certificate is still %s", seen)
                    .isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
            try (SSLSocket again = TestCertificate.connectWithout(port)) {
                seen = subject(again);
            }
        }
    }

    /** The payload's only byte of the first pong; other frames, the welcome among them, are passed over. */
    private static int frames(DataInputStream in) throws IOException {
        while (true) {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
            if (first == 0x8A) {
                return payload[0];
            }
        }
    }
}
