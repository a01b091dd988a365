package io.tidepole.push;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One inflater for all viewers of a loop, borrowed for a message at a time. That is possible because the handshake
 * always answers {@code client_no_context_takeover} (RFC 7692, section 7.1.1.2): no message refers to an earlier one.
 */
final class Inflation {
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private final int maxBytes;
    private byte[] buffer = new byte[4_096];

    Inflation(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The inflated message; valid up to the length that {@link #inflate} returned, until the next one. */
    byte[] buffer() {
        return buffer;
    }

    /**
     * Inflates a message.
     *
     * @return its length, or -1 if it is longer than allowed
     * @throws DataFormatException if it is not what a deflater writes
     */
    int inflate(byte[] bytes, int length) throws DataFormatException {
        inflater.reset();
        inflater.setInput(bytes, 0, length);
        int size = drain(0);
        if (size >= 0 && !inflater.finished()) {
            inflater.setInput(TAIL);
            size = drain(size);
        }
        return size;
    }

    private int drain(int start) throws DataFormatException {
        int size = start;
        while (!inflater.finished()) {
            if (size == buffer.length) {
                if (size > maxBytes) {
                    return -1;
                }
                buffer = Arrays.copyOf(buffer, Math.min(size * 2, maxBytes + 1));
            }
            int more = inflater.inflate(buffer, size, buffer.length - size);
            size += more;
            if (size > maxBytes) {
                return -1;
            }
            if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                break;
            }
        }
        return size;
    }

    void close() {
        inflater.end();
    }
}
