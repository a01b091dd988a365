package io.tidepole.bench;

import io.netty.buffer.ByteBuf;

/**
 * Finds the frames in a stream of WebSocket bytes without copying them (RFC 6455, 5.2).
 *
 * <p>Most viewers are only counted, so most payloads are stepped over.
 */
final class FrameScanner {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;
    static final int OPCODE = 0x0F;
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int FIRST_BYTE = -2;
    private static final int SECOND_BYTE = -1;

    /** Is told what was found. */
    interface Sink {
        /** A frame starts; {@code first} is its first byte. */
        void begin(int first);

        /** Some of its payload. */
        void payload(ByteBuf source, int index, int length);

        /** It is complete. */
        void end(int first);
    }

    private final Sink sink;
    private int first;
    /** {@link #FIRST_BYTE}, {@link #SECOND_BYTE}, or how many bytes of the length are missing. */
    private int header = FIRST_BYTE;

    private boolean inPayload;
    private long left;

    FrameScanner(Sink sink) {
        this.sink = sink;
    }

    /** Takes all readable bytes, wherever the network cut them. */
    void scan(ByteBuf source) {
        int index = source.readerIndex();
        int end = source.writerIndex();
        while (index < end) {
            if (inPayload) {
                int length = (int) Math.min(left, end - index);
                sink.payload(source, index, length);
                index += length;
                left -= length;
                finishIfEmpty();
            } else {
                headerByte(source.getByte(index++) & 0xFF);
            }
        }
        source.readerIndex(end);
    }

    private void headerByte(int value) {
        switch (header) {
            case FIRST_BYTE -> {
                first = value;
                header = SECOND_BYTE;
            }
            case SECOND_BYTE -> secondByte(value);
            default -> {
                left = left << 8 | value;
                if (--header == 0) {
                    beginPayload();
                }
            }
        }
    }

    private void secondByte(int value) {
        if ((value & 0x80) != 0) {
            throw new IllegalStateException("a server must not mask its frames");
        }
        left = 0;
        if (value >= 126) {
            header = value == 126 ? 2 : 8;
        } else {
            left = value;
            beginPayload();
        }
    }

    private void beginPayload() {
        header = FIRST_BYTE;
        inPayload = true;
        sink.begin(first);
        finishIfEmpty();
    }

    private void finishIfEmpty() {
        if (left == 0) {
            inPayload = false;
            sink.end(first);
        }
    }
}
