package io.tidepole.push;

import java.util.Arrays;
import java.util.zip.Deflater;

/** Deflates messages as permessage-deflate sends them (RFC 7692, section 7.2.1). */
final class RawDeflater {
    private static final int SYNC_TRAILER = 4;

    private final Deflater deflater;
    private byte[] buffer = new byte[4_096];

    /** A deflater with a window of 32 KB; level is 1 to 9. */
    RawDeflater(int level) {
        this.deflater = new Deflater(level, true);
    }

    /** Deflates up to a sync flush, whose trailer is not sent. Returns the length of what is in {@link #buffer}. */
    int deflate(byte[] payload, int offset, int length) {
        deflater.setInput(payload, offset, length);
        int size = 0;
        while (true) {
            size += deflater.deflate(buffer, size, buffer.length - size, Deflater.SYNC_FLUSH);
            if (size < buffer.length) {
                return size - SYNC_TRAILER;
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    /** What was deflated last. */
    byte[] buffer() {
        return buffer;
    }

    /** Empties the window. */
    void reset() {
        deflater.reset();
    }

    /** Gives the native memory back. */
    void close() {
        deflater.end();
    }
}
