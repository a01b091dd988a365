package io.tidepole.bench;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Puts the messages of one connection together, and inflates them (RFC 7692, 7.2.2). */
final class MessageReader {
    /** What a sender cuts off each compressed message. */
    static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private static final int MOST_BYTES = 64 << 20;

    private byte[] wire = new byte[256];
    private int wireSize;
    private boolean compressed;
    private byte[] text = new byte[0];
    private int textSize;
    private @Nullable Inflater inflater;

    /** A frame starts. */
    void begin(int first) {
        if ((first & FrameScanner.OPCODE) != FrameScanner.CONTINUATION) {
            wireSize = 0;
            compressed = (first & FrameScanner.RSV1) != 0;
        }
    }

    void append(ByteBuf source, int index, int length) {
        wire = room(wire, wireSize, length + TAIL.length);
        source.getBytes(index, wire, wireSize, length);
        wireSize += length;
    }

    /** The message is complete: {@link #text()} has it. */
    void finish() throws DataFormatException {
        if (compressed) {
            inflate();
        } else {
            text = wire;
            textSize = wireSize;
        }
    }

    private void inflate() throws DataFormatException {
        if (inflater == null) {
            inflater = new Inflater(true);
        }
        if (text == wire) {
            text = new byte[1024];
        }
        System.arraycopy(TAIL, 0, wire, wireSize, TAIL.length);
        inflater.setInput(wire, 0, wireSize + TAIL.length);
        textSize = 0;
        int step;
        do {
            text = room(text, textSize, 1024);
            step = inflater.inflate(text, textSize, text.length - textSize);
            textSize += step;
        } while (step > 0);
        if (inflater.needsDictionary() || inflater.getRemaining() > 0) {
            throw new DataFormatException("the stream ended within a message");
        }
    }

    private static byte[] room(byte[] bytes, int used, int more) {
        if (used + more > MOST_BYTES) {
            throw new IllegalStateException("a message of more than 64 MiB");
        }
        return used + more <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(used + more, bytes.length * 2));
    }

    /** The bytes of the message; valid up to {@link #textSize()}, until the next message begins. */
    byte[] text() {
        return text;
    }

    int textSize() {
        return textSize;
    }

    /** A copy of the bytes as they came. */
    byte[] wire() {
        return Arrays.copyOf(wire, wireSize);
    }

    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
