package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Bytes by chance against the server's own sockets: frames after a good handshake, and packets to MQTT, made of good ones that
 * were changed. The server may close, with a code that says why; it may not fail. The numbers by chance are the same in each run.
 */
final class FuzzTest {
    private static final int FRAME_ROUNDS = 400;
    private static final int PACKET_ROUNDS = 300;
    private static final int INTERNAL_ERROR = 1011;
    private static final List<String> MESSAGES = List.of(
            "{\"type\":\"subscribe\",\"requestId\":\"r\",\"select\":[\"a{b=~\\\"c|d\\\"}\"],\"interval\":100,\"stat\":\"p99\"}",
            "{\"type\":\"unsubscribe\",\"subscription\":1}",
            "{\"type\":\"authenticate\",\"token\":\"tp_0123456789ab_x\"}",
            "{\"type\":\"listen\",\"topics\":[\"annotation\",\"device.state\"]}",
            "{\"type\":\"ping\",\"clientTime\":17}",
            "{\"type\":\"client.report\",\"paintMillis\":3}",
            "{\"type\":\"sensor.reading\",\"requestId\":\"q\",\"deviceId\":\"d\",\"temperature\":21.5,\"labels\":{\"a\":\"b\"}}");
    private static final List<byte[]> PACKETS = List.of(
            bytes("\20\20\0\4MQTT\4\2\0\74\0\4abcd"),
            bytes("\20\21\0\4MQTT\5\2\0\74\0\0\4abcd"),
            bytes("\62\27\0\13sensors/d/v\0\1" + "21.5000"),
            bytes("\64\27\0\13sensors/d/v\0\2" + "21.5000"),
            bytes("\142\2\0\2"),
            bytes("\202\6\0\3\0\1#\0"),
            bytes("\300\0"),
            bytes("\340\0"));

    @TempDir
    static Path data;

    private static final ListAppender<ILoggingEvent> LOG = new ListAppender<>();
    private static Running server;
    private static int mqttPort;

    @BeforeAll
    static void start() throws Exception {
        LOG.start();
        root().addAppender(LOG);
        server = new Running(
                data,
                "history.durability",
                "memory",
                "mqtt.enabled",
                "true",
                "mqtt.port",
                "0",
                "websocket.max_message",
                "8KiB",
                "websocket.max_frame",
                "4KiB");
        mqttPort = Integer.parseInt(server.get("/api/v1/host").body().replaceAll(".*\"mqtt\":(\\d+).*", "$1"));
    }

    @AfterAll
    static void stop() {
        server.close();
        root().detachAppender(LOG);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] changed(byte[] seed, Random random) {
        byte[] changed = seed.clone();
        for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
            int at = random.nextInt(changed.length);
            switch (random.nextInt(3)) {
                case 0 -> changed[at] = (byte) random.nextInt();
                case 1 -> changed = Arrays.copyOf(changed, at);
                default -> changed = Arrays.copyOf(changed, changed.length + random.nextInt(300));
            }
        }
        return changed;
    }

    private static byte[] deflated(byte[] plain) {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(plain);
        byte[] out = new byte[plain.length + 100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, Math.max(0, length - 4));
    }

    /** One frame, nearly right as a rule: its first byte, its length or its mask may be wrong, and what it says. */
    private static byte[] frame(Random random) {
        byte[] payload = bytes(MESSAGES.get(random.nextInt(MESSAGES.size())));
        boolean compressed = random.nextInt(3) == 0;
        payload = changed(compressed ? deflated(payload) : payload, random);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(
                random.nextInt(6) == 0 ? random.nextInt(256) : compressed ? 0xC1 : random.nextInt(8) == 0 ? 1 : 0x81);
        int length = random.nextInt(20) == 0 ? random.nextInt(70_000) : payload.length;
        int masked = random.nextInt(30) == 0 ? 0 : 0x80;
        if (length < 126) {
            frame.write(masked | length);
        } else if (length < 65_536) {
            frame.writeBytes(new byte[] {(byte) (masked | 126), (byte) (length >>> 8), (byte) length});
        } else {
            frame.writeBytes(new byte[] {
                (byte) (masked | 127), (byte) (random.nextInt(20) == 0 ? 0x80 : 0), 0, 0, 0, 0, 1, 0, (byte) length
            });
        }
        byte[] mask = new byte[4];
        random.nextBytes(mask);
        frame.writeBytes(mask);
        for (int i = 0; i < payload.length; i++) {
            frame.write(payload[i] ^ mask[i % 4]);
        }
        return frame.toByteArray();
    }

    @Test
    void frames_by_chance_are_answered_or_refused_and_nothing_fails() throws Exception {
        for (int round = 0; round < FRAME_ROUNDS; round++) {
            Random random = new Random(round);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port)) {
                socket.setSoTimeout(30_000);
                String path = random.nextInt(4) == 0 ? "/ingest" : "/ws";
                socket.getOutputStream()
                        .write(bytes("GET " + path + " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + (random.nextBoolean() ? RawViewer.DEFLATE : "") + "\r\n"));
                ByteArrayOutputStream frames = new ByteArrayOutputStream();
                for (int i = random.nextInt(12); i >= 0; i--) {
                    frames.writeBytes(frame(random));
                }
                assertThat(closeCode(socket, frames.toByteArray()))
                        .as("round %d", round)
                        .isNotEqualTo(INTERNAL_ERROR);
            }
        }
        assertNothingFailed();
    }

    /** What the server's close frame says; 0 if the connection ended without one. */
    private static int closeCode(Socket socket, byte[] sent) {
        try {
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) in.readUnsignedByte());
            }
            assertThat(head).startsWith("HTTP/1.1 101");
            while (true) {
                int first = in.readUnsignedByte();
                int length = in.readUnsignedByte();
                length = length == 126
                        ? in.readUnsignedShort()
                        : length == 127 ? Math.toIntExact(in.readLong()) : length;
                byte[] payload = in.readNBytes(length);
                if ((first & 0xF) == 8 && payload.length >= 2) {
                    return (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
                }
            }
        } catch (IOException ended) {
            return 0;
        }
    }

    @Test
    void packets_by_chance_are_answered_or_refused_and_nothing_fails() throws Exception {
        for (int round = 0; round < PACKET_ROUNDS; round++) {
            Random random = new Random(round);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mqttPort)) {
                socket.setSoTimeout(30_000);
                ByteArrayOutputStream packets = new ByteArrayOutputStream();
                if (random.nextInt(5) > 0) {
                    packets.writeBytes(PACKETS.get(random.nextInt(2)));
                }
                for (int i = random.nextInt(8); i >= 0; i--) {
                    packets.writeBytes(changed(PACKETS.get(random.nextInt(PACKETS.size())), random));
                }
                exchange(socket, packets.toByteArray());
            }
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), mqttPort)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(PACKETS.get(0));
            assertThat(socket.getInputStream().readNBytes(4)).containsExactly(0x20, 2, 0, 0);
        }
        assertNothingFailed();
    }

    private static void exchange(Socket socket, byte[] sent) {
        try {
            socket.getOutputStream().write(sent);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (IOException ended) {
            assertThat(ended).isNotInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    /** An honest viewer is served, and the log holds no error and no stack trace. */
    private static void assertNothingFailed() throws Exception {
        try (RawViewer viewer = new RawViewer(server.port, "")) {
            viewer.next("welcome");
            viewer.send("{\"type\":\"ping\",\"clientTime\":5}");
            viewer.next("pong");
        }
        assertThat(List.copyOf(LOG.list))
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN)
                        && (event.getLevel() == Level.ERROR || event.getThrowableProxy() != null))
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEmpty();
    }
}
