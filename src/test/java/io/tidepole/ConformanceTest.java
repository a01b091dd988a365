package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * RFC 6455 and RFC 7692 at {@code /echo}, frame by frame over a plain socket: the cases that conformance suites have,
 * in their order. What is lawful comes back; what is not is closed with the code that the standard gives it, and then
 * a fresh client is served.
 */
final class ConformanceTest {
    private static final String DEFLATE = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
    private static final int TEXT = 0x81;
    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int MAX_FRAME = 65_536;
    /** No UTF-8, each in its own way (RFC 3629, section 4). */
    private static final int[][] BROKEN = {
        {0x80},
        {0xBF},
        {0xC0},
        {0xC0, 0xAF},
        {0xC1, 0xBF},
        {0xC3},
        {0xC3, 0x28},
        {0xE0, 0x80, 0xAF},
        {0xE0, 0x9F, 0xBF},
        {0xE2, 0x28, 0xA1},
        {0xE2, 0x82},
        {0xED, 0xA0, 0x80},
        {0xED, 0xBF, 0xBF},
        {0xED, 0xAD, 0xBF, 0xED, 0xB0, 0x80},
        {0xF0, 0x80, 0x80, 0x80},
        {0xF0, 0x8F, 0xBF, 0xBF},
        {0xF0, 0x90, 0x80},
        {0xF4, 0x90, 0x80, 0x80},
        {0xF5},
        {0xF8, 0x88, 0x80, 0x80, 0x80},
        {0xFC, 0x84, 0x80, 0x80, 0x80, 0x80},
        {0xFE},
        {0xFF},
        {0xFE, 0xFF}
    };

    private static Tidepole tidepole;
    private static int port;

    /** One frame that a client sends: its first byte and its payload. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Out(int firstByte, byte[] payload) {}

    /**
     * One case.
     *
     * @param headers of the handshake
     * @param out what the client sends
     * @param echoed payloads that come back, pongs and messages alike, in order
     * @param closeCode with which the server closes; 0 for no close, 1005 for a close without a code
     */
    private record Case(String name, String headers, List<Out> out, List<byte[]> echoed, int closeCode) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void start() throws Exception {
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "1",
                        "history.durability", "memory",
                        "host.enabled", "false",
                        "mqtt.enabled", "false",
                        "diagnostics.echo", "true",
                        "connections.body_timeout", "1s")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    @ParameterizedTest
    @MethodSource({
        "framing",
        "pings",
        "reservedBits",
        "opcodes",
        "fragmentation",
        "utf8",
        "closing",
        "sizes",
        "compression"
    })
    void case_is_answered_as_the_standard_says(Case one) throws IOException {
        try (RawViewer client = new RawViewer(port, "/echo", one.headers, 0)) {
            assertThat(client.response).startsWith("HTTP/1.1 101");
            for (Out frame : one.out) {
                client.send(frame.firstByte, frame.payload);
            }
            for (byte[] payload : one.echoed) {
                assertThat(client.nextPayload()).isEqualTo(payload);
            }
            if (one.closeCode != 0) {
                assertThat(client.closeCode()).isEqualTo(one.closeCode == 1005 ? 0 : one.closeCode);
            }
        }
        try (RawViewer fresh = new RawViewer(port, "/echo", "", 0)) {
            fresh.send("still there");
            assertThat(fresh.nextPayload()).isEqualTo(bytes("still there"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] some(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) '*');
        return bytes;
    }

    private static Case echoes(String name, int firstByte, byte[] payload) {
        return new Case(name, "", List.of(new Out(firstByte, payload)), List.of(payload), 0);
    }

    private static Case closes(String name, int code, Out... out) {
        return new Case(name, "", List.of(out), List.of(), code);
    }

    private static Out out(int firstByte, byte[] payload) {
        return new Out(firstByte, payload);
    }

    private static Out out(int firstByte, String text) {
        return new Out(firstByte, bytes(text));
    }

    // ---- 1: framing, 9: sizes

    static Stream<Case> framing() {
        return IntStream.of(0, 1, 125, 126, 127, 128, 65_535, 65_536)
                .boxed()
                .flatMap(length -> Stream.of(
                        echoes("1.1 text of " + length, TEXT, some(length)),
                        echoes("1.2 binary of " + length, BINARY, some(length))));
    }

    static Stream<Case> sizes() {
        List<Out> fragments = new ArrayList<>();
        List<Out> tooMany = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            fragments.add(out(i == 0 ? 0x02 : i == 99 ? 0x80 : 0x00, some(2_000)));
        }
        for (int i = 0; i < 200; i++) {
            tooMany.add(out(i == 0 ? 0x01 : 0x00, "x"));
        }
        return Stream.of(
                closes("9.1 a frame too long", 1009, out(TEXT, some(MAX_FRAME + 1))),
                closes(
                        "9.2 a message too long in frames that are not",
                        1009,
                        IntStream.range(0, 5)
                                .mapToObj(i -> out(i == 0 ? 0x01 : 0x00, some(MAX_FRAME)))
                                .toArray(Out[]::new)),
                new Case("9.3 a long message in 100 frames", "", fragments, List.of(some(200_000)), 0),
                new Case("9.4 a message in too many frames", "", tooMany, List.of(), 1009),
                closes("9.5 a message that never ends", 1008, out(0x01, "a")));
    }

    // ---- 2: pings and pongs

    static Stream<Case> pings() {
        List<Out> ten =
                IntStream.range(0, 10).mapToObj(i -> out(PING, "payload-" + i)).toList();
        return Stream.of(
                echoes("2.1 ping without payload", PING, new byte[0]),
                echoes("2.2 ping", PING, bytes("Hello, world!")),
                echoes("2.3 ping of bytes that are no text", PING, new byte[] {0, (byte) 0xFF, (byte) 0xFE}),
                echoes("2.4 ping of 125 bytes", PING, some(125)),
                closes("2.5 ping of 126 bytes", 1002, out(PING, some(126))),
                new Case(
                        "2.7 a pong that nobody asked for",
                        "",
                        List.of(out(PONG, ""), out(PING, "a")),
                        List.of(bytes("a")),
                        0),
                new Case(
                        "2.8 a pong with payload", "", List.of(out(PONG, "b"), out(PING, "a")), List.of(bytes("a")), 0),
                new Case(
                        "2.10 ten pings",
                        "",
                        ten,
                        ten.stream().map(Out::payload).toList(),
                        0));
    }

    // ---- 3: reserved bits

    static Stream<Case> reservedBits() {
        List<Case> cases = new ArrayList<>();
        for (int bits = 1; bits < 8; bits++) {
            for (int opcode : new int[] {TEXT, BINARY, PING, PONG, CLOSE}) {
                cases.add(closes("3 bits " + bits + " at " + opcode, 1002, out(opcode | bits << 4, new byte[0])));
                if (bits != 4 || opcode >= CLOSE) {
                    cases.add(new Case(
                            "3 bits " + bits + " at " + opcode + " with deflate",
                            DEFLATE,
                            List.of(out(opcode | bits << 4, new byte[0])),
                            List.of(),
                            1002));
                }
            }
        }
        cases.add(new Case(
                "3 RSV1 at a continuation",
                DEFLATE,
                List.of(out(0x41, deflated("a")), out(0xC0, deflated("a"))),
                List.of(),
                1002));
        return cases.stream();
    }

    // ---- 4: opcodes

    static Stream<Case> opcodes() {
        return IntStream.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)
                .boxed()
                .flatMap(opcode -> Stream.of(
                        closes("4 opcode " + opcode, 1002, out(0x80 | opcode, new byte[0])),
                        closes("4 opcode " + opcode + " with payload", 1002, out(0x80 | opcode, "a")),
                        new Case(
                                "4 opcode " + opcode + " after a message",
                                "",
                                List.of(out(TEXT, "a"), out(0x80 | opcode, "b"), out(PING, "")),
                                List.of(bytes("a")),
                                1002)));
    }

    // ---- 5: fragmentation

    static Stream<Case> fragmentation() {
        return Stream.of(
                closes("5.1 ping in fragments", 1002, out(0x09, "a"), out(0x80, "b")),
                closes("5.2 pong in fragments", 1002, out(0x0A, "a"), out(0x80, "b")),
                closes("5.2 close in fragments", 1002, out(0x08, new byte[] {3, (byte) 0xE8})),
                new Case(
                        "5.3 text in two fragments",
                        "",
                        List.of(out(0x01, "a"), out(0x80, "b")),
                        List.of(bytes("ab")),
                        0),
                new Case(
                        "5.6 ping between fragments",
                        "",
                        List.of(out(0x01, "a"), out(PING, "p"), out(0x80, "b")),
                        List.of(bytes("p"), bytes("ab")),
                        0),
                new Case(
                        "5.7 empty fragments",
                        "",
                        List.of(out(0x01, ""), out(0x00, ""), out(0x00, "x"), out(0x80, "")),
                        List.of(bytes("x")),
                        0),
                closes("5.9 continuation of nothing, final", 1002, out(0x80, "a"), out(TEXT, "b")),
                closes("5.12 continuation of nothing", 1002, out(0x00, "a"), out(TEXT, "b")),
                closes("5.15 continuation after the end", 1002, out(0x01, "a"), out(0x80, "b"), out(0x00, "c")),
                closes("5.18 a second message within a message", 1002, out(0x01, "a"), out(TEXT, "b")),
                new Case(
                        "5.19 pings and fragments",
                        "",
                        List.of(
                                out(0x01, "1"),
                                out(0x00, "2"),
                                out(PING, "p"),
                                out(0x00, "3"),
                                out(PING, "q"),
                                out(0x80, "4")),
                        List.of(bytes("p"), bytes("q"), bytes("1234")),
                        0));
    }

    // ---- 6: UTF-8

    static Stream<Case> utf8() {
        List<Case> cases = new ArrayList<>();
        for (String text : List.of(
                "",
                "Hello-µ@ßöäüàá-UTF-8!!",
                "κόσμε",
                "\0",
                "\u07FF",
                "\u0800",
                "\uD7FF",
                "\uE000",
                "\uFFFD",
                "\uFFFF",
                "\uD800\uDC00",
                "\uDBFF\uDFFF",
                "\uFEFFbom")) {
            cases.add(echoes(
                    "6 text " + text.codePoints().mapToObj(Integer::toHexString).toList(), TEXT, bytes(text)));
            cases.add(
                    new Case("6 byte by byte " + text.length(), "", byteByByte(bytes(text)), List.of(bytes(text)), 0));
        }
        for (int[] octets : BROKEN) {
            byte[] payload = new byte[octets.length];
            IntStream.range(0, octets.length).forEach(i -> payload[i] = (byte) octets[i]);
            String name = "6 broken " + Arrays.toString(octets);
            cases.add(closes(name, 1007, out(TEXT, payload)));
            cases.add(closes(name + " byte by byte", 1007, byteByByte(payload).toArray(Out[]::new)));
            cases.add(new Case(name + " deflated", DEFLATE, List.of(out(0xC1, deflate(payload))), List.of(), 1007));
            cases.add(echoes(name + " as binary", BINARY, payload));
        }
        cases.add(closes(
                "6.4 broken in the first fragment fails before the last", 1007, out(0x01, new byte[] {'a', (byte) 0xFF
                })));
        cases.add(closes(
                "6.4 broken across fragments fails at once",
                1007,
                out(0x01, new byte[] {(byte) 0xED}),
                out(0x00, new byte[] {(byte) 0xA0})));
        return cases.stream();
    }

    private static List<Out> byteByByte(byte[] payload) {
        List<Out> frames = new ArrayList<>();
        for (int i = 0; i < payload.length; i++) {
            frames.add(out(i == 0 ? 0x01 : 0x00, new byte[] {payload[i]}));
        }
        frames.add(out(payload.length == 0 ? 0x81 : 0x80, new byte[0]));
        return frames;
    }

    // ---- 7: closing

    static Stream<Case> closing() {
        List<Case> cases = new ArrayList<>();
        cases.add(closes("7.1 without a code", 1005, out(CLOSE, "")));
        cases.add(closes("7.1 twice", 1000, close(1000, ""), close(1000, "")));
        cases.add(closes("7.1 and a ping after it", 1000, close(1000, ""), out(PING, "")));
        cases.add(new Case(
                "7.1 and a message after it",
                "",
                List.of(out(TEXT, "a"), close(1000, ""), out(TEXT, "b")),
                List.of(bytes("a")),
                1000));
        cases.add(closes("7.1 within a message", 1000, out(0x01, "a"), close(1000, ""), out(0x80, "b")));
        cases.add(closes("7.3 one byte", 1002, out(CLOSE, "a")));
        cases.add(closes("7.3 with a reason", 1000, close(1000, "Hello World!")));
        cases.add(closes("7.3 with the longest reason", 1000, close(1000, "*".repeat(123))));
        cases.add(closes("7.3 with a longer one", 1002, close(1000, "*".repeat(124))));
        cases.add(closes(
                "7.5 with a reason that is no text", 1007, out(CLOSE, new byte[] {3, (byte) 0xE8, (byte) 0xCE})));
        for (int code : new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999}) {
            cases.add(closes("7.7 code " + code, code, close(code, "")));
        }
        for (int code : new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535}) {
            cases.add(closes("7.9 code " + code, 1002, close(code, "")));
        }
        return cases.stream();
    }

    private static Out close(int code, String reason) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.write(code >>> 8);
        payload.write(code);
        payload.writeBytes(bytes(reason));
        return out(CLOSE, payload.toByteArray());
    }

    // ---- 12, 13: compression

    static Stream<Case> compression() {
        List<Case> cases = new ArrayList<>();
        for (String parameters : List.of(
                "",
                "; client_no_context_takeover",
                "; server_no_context_takeover",
                "; client_max_window_bits",
                "; client_max_window_bits=9",
                "; client_max_window_bits=15",
                "; server_max_window_bits=15",
                "; server_max_window_bits=15; client_max_window_bits; client_no_context_takeover;"
                        + " server_no_context_takeover")) {
            String header = "Sec-WebSocket-Extensions: permessage-deflate" + parameters + "\r\n";
            for (int length : new int[] {0, 16, 1_024, 65_536, 100_000}) {
                byte[] message = text(length);
                cases.add(new Case(
                        "12 " + length + " bytes" + parameters,
                        header,
                        List.of(out(0xC1, deflate(message)), out(TEXT, "plain"), out(0xC2, deflate(message))),
                        List.of(message, bytes("plain"), message),
                        0));
            }
            byte[] whole = deflate(text(1_000));
            int half = whole.length / 2;
            cases.add(new Case(
                    "13 in fragments" + parameters,
                    header,
                    List.of(
                            out(0x41, Arrays.copyOf(whole, half)),
                            out(PING, "p"),
                            out(0x80, Arrays.copyOfRange(whole, half, whole.length))),
                    List.of(bytes("p"), text(1_000)),
                    0));
        }
        cases.add(new Case("13 no deflated data", DEFLATE, List.of(out(0xC1, "abc")), List.of(), 1007));
        cases.add(new Case("13 a bomb", DEFLATE, List.of(out(0xC1, deflate(new byte[20_000_000]))), List.of(), 1009));
        cases.add(new Case(
                "13 a bomb in fragments",
                DEFLATE,
                List.of(
                        out(0x41, Arrays.copyOf(deflate(new byte[9_000_000]), 4_000)),
                        out(0x80, Arrays.copyOfRange(deflate(new byte[9_000_000]), 4_000, 8_700))),
                List.of(),
                1009));
        return cases.stream();
    }

    private static byte[] text(int length) {
        Random random = new Random(length);
        byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(16));
        }
        return text;
    }

    private static byte[] deflated(String text) {
        return deflate(bytes(text));
    }

    /** RFC 7692, section 7.2.1. */
    private static byte[] deflate(byte[] message) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(message);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[16_384];
        for (int size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
                size > 0;
                size = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH)) {
            bytes.write(buffer, 0, size);
        }
        deflater.end();
        return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4);
    }
}
