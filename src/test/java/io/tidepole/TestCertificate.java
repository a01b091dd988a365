package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A certificate that signs itself, and its key, made by the JDK's own tool; and clients that show it or none. */
final class TestCertificate {
    private static final String ALIAS = "a";
    private static final char[] PASSWORD = "password".toCharArray();

    private final KeyStore keys;

    private TestCertificate(KeyStore keys) {
        this.keys = keys;
    }

    /**
     * A new one for {@code subject}, a distinguished name; leaves a file in {@code folder}.
     *
     * @param more words for the tool: {@code -ext SAN=dns:a}
     */
    static TestCertificate of(String subject, Path folder, String... more) throws Exception {
        Path store = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                subject));
        command.addAll(List.of(more));
        Process keytool = new ProcessBuilder(command).inheritIO().start();
        assertThat(keytool.waitFor()).isZero();
        return new TestCertificate(KeyStore.getInstance(store.toFile(), PASSWORD));
    }

    /** Writes it as PEM. */
    TestCertificate write(Path certificate) throws IOException, GeneralSecurityException {
        Files.deleteIfExists(certificate);
        return add(certificate);
    }

    /** Adds it to a file of PEM. */
    TestCertificate add(Path certificates) throws IOException, GeneralSecurityException {
        Files.writeString(
                certificates,
                pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return this;
    }

    /** Writes its key as PEM. */
    void writeKey(Path key) throws IOException, GeneralSecurityException {
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD).getEncoded()));
    }

    private static String pem(String type, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    /** A client that shows it, connected to this machine. */
    SSLSocket connect(int port) throws IOException, GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        return connect(port, factory.getKeyManagers());
    }

    /** A client that shows none. */
    static SSLSocket connectWithout(int port) throws IOException, GeneralSecurityException {
        return connect(port, new KeyManager[0]);
    }

    private static SSLSocket connect(int port, KeyManager[] keys) throws IOException, GeneralSecurityException {
        return secure(new Socket(InetAddress.getLoopbackAddress(), port), keys);
    }

    /** Goes on with TLS, showing no certificate. */
    static SSLSocket secure(Socket plain) throws IOException, GeneralSecurityException {
        return secure(plain, new KeyManager[0]);
    }

    private static SSLSocket secure(Socket plain, KeyManager[] keys) throws IOException, GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, new TrustManager[] {new Credulous()}, new SecureRandom());
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", plain.getPort(), true);
        socket.setSoTimeout(30_000);
        socket.startHandshake();
        return socket;
    }

    /** Opens a WebSocket over such a connection. */
    static void upgrade(SSLSocket socket, DataInputStream in, String path) throws IOException {
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    /** Believes every server. */
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
}
