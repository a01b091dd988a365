package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import java.util.zip.Deflater;

/**
 * One raw deflater whose output goes to many viewers as the same bytes (RFC 7692, section 7.2.1).
 *
 * <p>That is right for a viewer as long as it has seen every message since the window was last empty. So messages are
 * sent in bundles, each bundle has a position, and an epoch begins whenever the window is emptied: a viewer takes the
 * bundle that {@link #opensEpoch} or the one whose position it expects, and a plain copy of all others. Positions are
 * never used twice, by any window of this run.
 */
final class SharedWindow {
    /** What a deflater costs outside the heap: window, chains and pending output at memory level 8. */
    static final int NATIVE_BYTES = 270_000;

    private static final int SYNC_TRAILER = 4;

    private final Deflater deflater;
    private final int epochMinFrames;
    private byte[] buffer = new byte[4_096];
    private long position;
    private int framesInEpoch;
    private boolean opensEpoch;
    private int plainBytes;
    private int sharedBytes;
    private int openingBytes;
    private long waitingBytes;
    private long epochCostBytes;

    /**
     * A window that has not been used.
     *
     * @param number unlike that of any other window of this run
     * @param level 1 to 9
     * @param epochMinFrames bundles that an epoch has at least
     */
    SharedWindow(int number, int level, int epochMinFrames) {
        this.deflater = new Deflater(level, true);
        this.epochMinFrames = epochMinFrames;
        this.position = (long) number << 32;
    }

    /**
     * So many viewers had to take the last bundle plain. What that cost is added up: an epoch costs every follower the
     * window that it has built up, so one begins when waiting has cost as much.
     */
    void waited(int viewers) {
        waitingBytes += (long) viewers * Math.max(0, plainBytes - sharedBytes);
    }

    /** Begins a bundle, and an epoch with it if waiting has cost enough and the last one was long enough. */
    void beginBundle() {
        position++;
        opensEpoch = framesInEpoch == 0
                || (waitingBytes > 0 && waitingBytes >= epochCostBytes && framesInEpoch >= epochMinFrames);
        if (opensEpoch) {
            deflater.reset();
            framesInEpoch = 0;
            waitingBytes = 0;
        }
        framesInEpoch++;
    }

    /** The bundle is complete: its size in both forms, and how many viewers follow this window. */
    void endBundle(int plain, int shared, int followers) {
        plainBytes = plain;
        sharedBytes = shared;
        if (opensEpoch) {
            openingBytes = shared;
        } else {
            epochCostBytes = (long) followers * Math.max(0, openingBytes - shared);
        }
    }

    long position() {
        return position;
    }

    boolean opensEpoch() {
        return opensEpoch;
    }

    /** Adds a message to the bundle: a whole frame. */
    void write(JsonBytes out, byte[] payload, int offset, int length) {
        int size = deflate(deflater, payload, offset, length);
        Frames.header(out, Frames.COMPRESSED_TEXT, size);
        out.raw(buffer, 0, size);
    }

    /** Deflates into the buffer up to a sync flush, whose trailer is not sent (RFC 7692, section 7.2.1). */
    private int deflate(Deflater target, byte[] payload, int offset, int length) {
        target.setInput(payload, offset, length);
        int size = 0;
        while (true) {
            size += target.deflate(buffer, size, buffer.length - size, Deflater.SYNC_FLUSH);
            if (size < buffer.length) {
                return size - SYNC_TRAILER;
            }
            buffer = java.util.Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    /** Adds a message that stands alone, for viewers that keep no window; position and epoch do not count then. */
    void writeAlone(JsonBytes out, byte[] payload, int offset, int length) {
        deflater.reset();
        write(out, payload, offset, length);
    }

    /** Gives the native memory back. */
    void close() {
        deflater.end();
    }
}
