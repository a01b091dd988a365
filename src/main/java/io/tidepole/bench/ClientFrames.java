package io.tidepole.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * What a viewer sends, as bytes. Clients must mask (RFC 6455, 5.3); a mask of zeros leaves the payload as it is, and
 * here there is no proxy to protect.
 */
final class ClientFrames {
    private static final int MASKED = 0x80;

    private ClientFrames() {}

    static byte[] text(String text) {
        return frame(FrameScanner.FIN | FrameScanner.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A compressed text; it refers to nothing before it, so it may be sent over and over. */
    static byte[] compressedText(String text) {
        byte[] out = new byte[text.length() + 64];
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        int withoutTail = size - MessageReader.TAIL.length;
        return frame(FrameScanner.FIN | FrameScanner.RSV1 | FrameScanner.TEXT, Arrays.copyOf(out, withoutTail));
    }

    static byte[] pong(byte[] payload) {
        return frame(FrameScanner.FIN | FrameScanner.PONG, payload);
    }

    static byte[] close(int code) {
        return frame(FrameScanner.FIN | FrameScanner.CLOSE, new byte[] {(byte) (code >> 8), (byte) code});
    }

    private static byte[] frame(int first, byte[] payload) {
        int header = payload.length < 126 ? 2 : 4;
        byte[] frame = new byte[header + 4 + payload.length];
        frame[0] = (byte) first;
        if (header == 2) {
            frame[1] = (byte) (MASKED | payload.length);
        } else {
            frame[1] = (byte) (MASKED | 126);
            frame[2] = (byte) (payload.length >> 8);
            frame[3] = (byte) payload.length;
        }
        System.arraycopy(payload, 0, frame, header + 4, payload.length);
        return frame;
    }
}
