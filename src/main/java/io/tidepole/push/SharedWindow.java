package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;

/**
 * One raw deflater whose output goes to many viewers as the same bytes (RFC 7692, section 7.2.1).
 *
 * <p>That is right for a viewer as long as it has seen every message since the window was last empty. So messages are
 * sent in bundles, each bundle has a position, and an epoch begins whenever the window is emptied: a viewer takes the
 * bundle that {@link #opensEpoch} or the one whose position it expects, and another form of all others. Positions are
 * never used twice, by any window of this run.
 */
final class SharedWindow {
    private final RawDeflater deflater;
    private final int epochMinFrames;
    private long position;
    private int framesInEpoch;
    private boolean opensEpoch;
    private int excessBytes;
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
        this.deflater = new RawDeflater(level);
        this.epochMinFrames = epochMinFrames;
        this.position = (long) number << 32;
    }

    /**
     * So many viewers had to take the last bundle in another form. What that cost is added up: an epoch costs every follower the
     * window that it has built up, so one begins when waiting has cost as much.
     */
    void waited(int viewers) {
        waitingBytes += (long) viewers * excessBytes;
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

    /** The bundle is complete: its size for those who wait and for those who follow, and how many these are. */
    void endBundle(int waiting, int shared, int followers) {
        excessBytes = Math.max(0, waiting - shared);
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
        int size = deflater.deflate(payload, offset, length);
        Frames.header(out, Frames.COMPRESSED_TEXT, size);
        out.raw(deflater.buffer(), 0, size);
    }

    /** Gives the native memory back. */
    void close() {
        deflater.close();
    }
}
