package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import java.util.Arrays;

/**
 * Deflates messages that refer to nothing before them. Whoever keeps no window may be sent them, and whoever is not in
 * step with a shared one: see {@link Follower#standsAlone}. One serves many groups, as it keeps nothing.
 */
final class Alone {
    /** Below this a message is sent as it is: there is little to gain. */
    static final int WORTH_BYTES = 512;

    private final RawDeflater deflater;

    Alone(int level) {
        this.deflater = new RawDeflater(level);
    }

    /** Adds a message as a whole frame. */
    void write(JsonBytes out, byte[] payload, int offset, int length) {
        deflater.reset();
        int size = deflater.deflate(payload, offset, length);
        Frames.header(out, Frames.COMPRESSED_TEXT, size);
        out.raw(deflater.buffer(), 0, size);
    }

    /** The end of a message, to be sent after a {@link #stored} beginning. */
    byte[] blocks(byte[] payload) {
        deflater.reset();
        int size = deflater.deflate(payload, 0, payload.length);
        return Arrays.copyOf(deflater.buffer(), size);
    }

    /**
     * The beginning of a message as a block that is stored, not compressed (RFC 1951, section 3.2.4). It ends on a byte,
     * so blocks that were made elsewhere can follow.
     */
    static byte[] stored(byte[] payload) {
        JsonBytes out = new JsonBytes(payload.length + 5).put(0);
        out.put(payload.length).put(payload.length >>> 8);
        out.put(~payload.length).put(~payload.length >>> 8);
        return out.raw(payload).toByteArray();
    }

    void close() {
        deflater.close();
    }
}
