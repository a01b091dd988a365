package io.tidepole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

final class FrameScannerTest {
    /** Puts all messages together again. */
    private static final class Collector implements FrameScanner.Sink {
        private final MessageReader reader = new MessageReader();
        private final List<String> messages = new ArrayList<>();

        @Override
        public void begin(int first) {
            reader.begin(first);
        }

        @Override
        public void payload(ByteBuf source, int index, int length) {
            reader.append(source, index, length);
        }

        @Override
        public void end(int first) {
            if ((first & FrameScanner.FIN) != 0) {
                try {
                    reader.finish();
                } catch (java.util.zip.DataFormatException e) {
                    throw new IllegalStateException(e);
                }
                messages.add(new String(reader.text(), 0, reader.textSize(), StandardCharsets.UTF_8));
            }
        }
    }

    private final Deflater deflater = new Deflater(6, true);
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

    private void frame(int first, byte[] payload, int size) {
        stream.write(first);
        if (size < 126) {
            stream.write(size);
        } else {
            stream.write(126);
            stream.write(size >> 8);
            stream.write(size);
        }
        stream.write(payload, 0, size);
    }

    private void compressed(String text) {
        byte[] out = new byte[text.length() + 100];
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        frame(0xC1, out, size - MessageReader.TAIL.length);
    }

    private List<String> scan(int pieceBytes) {
        Collector collector = new Collector();
        FrameScanner scanner = new FrameScanner(collector);
        byte[] all = stream.toByteArray();
        for (int at = 0; at < all.length; at += pieceBytes) {
            scanner.scan(Unpooled.wrappedBuffer(all, at, Math.min(pieceBytes, all.length - at)));
        }
        return collector.messages;
    }

    @Test
    void stream_cutAnywhere_givesTheSameMessages() {
        String large = "number ".repeat(100);
        frame(0x81, large.getBytes(StandardCharsets.UTF_8), large.length());
        frame(0x01, new byte[] {'a', 'b'}, 2);
        frame(0x80, new byte[] {'c'}, 1);
        frame(0x81, new byte[0], 0);
        for (int piece = 1; piece < 40; piece++) {
            assertThat(scan(piece)).as("pieces of %d", piece).containsExactly(large, "abc", "");
        }
    }

    @Test
    void compressedMessages_thatReferToEarlierOnes_areInflated() {
        compressed("{\"value\":1,\"label\":\"the same\"}");
        compressed("{\"value\":2,\"label\":\"the same\"}");
        frame(0x81, new byte[] {'x'}, 1);
        compressed("{\"value\":3,\"label\":\"the same\"}");
        assertThat(scan(7))
                .containsExactly(
                        "{\"value\":1,\"label\":\"the same\"}",
                        "{\"value\":2,\"label\":\"the same\"}",
                        "x",
                        "{\"value\":3,\"label\":\"the same\"}");
    }

    @Test
    void maskedFrame_isRefused() {
        stream.write(0x81);
        stream.write(0x80);
        assertThatThrownBy(() -> scan(2)).hasMessageContaining("mask");
    }

    @Test
    void clientFrame_isMaskedWithZeros() {
        assertThat(ClientFrames.text("hi")).containsExactly(0x81, 0x82, 0, 0, 0, 0, 'h', 'i');
        assertThat(ClientFrames.compressedText("hi")[0]).isEqualTo((byte) 0xC1);
        assertThat(ClientFrames.close(1000)).endsWith(0x03, 0xE8);
    }
}
