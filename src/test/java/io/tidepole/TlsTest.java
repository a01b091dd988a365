package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate, and one that is renewed. */
final class TlsTest {
    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    Path folder;

    /** Believes everything: what is looked at here is which certificate comes. */
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

    private static SSLSocket connect(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new Credulous()}, new SecureRandom());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    /** Writes a certificate and its key where the server looks for them. */
    private void certify(String name) throws Exception {
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
                        "CN=" + name)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        write("CERTIFICATE", keys.getCertificate("a").getEncoded(), "cert.pem");
        write("PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded(), "key.pem");
    }

    private void write(String type, byte[] bytes, String file) throws IOException {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
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
        try (SSLSocket viewer = connect(port)) {
            assertThat(subject(viewer)).isEqualTo("CN=first");
            DataInputStream in = new DataInputStream(viewer.getInputStream());
            upgrade(viewer, in, port);

            certify("second");
            awaitSubject(port, "CN=second");

            viewer.getOutputStream().write(new byte[] {(byte) 0x89, (byte) 0x81, 0, 0, 0, 0, 'p'});
            assertThat(frames(in)).isEqualTo('p');
        } finally {
            tidepole.stop();
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
            try (SSLSocket again = connect(port)) {
                seen = subject(again);
            }
        }
    }

    private static void upgrade(SSLSocket socket, DataInputStream in, int port) throws IOException {
        socket.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
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
