package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import java.nio.charset.StandardCharsets;

/** Headers of WebSocket frames as a server sends them: unmasked, in one piece (RFC 6455, section 5.2). */
final class Frames {
    static final int TEXT = 0x81;

    static final int BINARY = 0x82;
    /** Text with RSV1, the mark of a compressed message (RFC 7692, section 6). */
    static final int COMPRESSED_TEXT = 0xC1;

    static final int CLOSE = 0x88;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private Frames() {}

    /** Writes a header, then the payload is due. */
    static void header(JsonBytes out, int firstByte, int payloadLength) {
        out.put(firstByte);
        if (payloadLength < 126) {
            out.put(payloadLength);
        } else if (payloadLength < 65_536) {
            out.put(126).put(payloadLength >>> 8).put(payloadLength);
        } else {
            out.put(127).put(0).put(0).put(0).put(0);
            out.put(payloadLength >>> 24)
                    .put(payloadLength >>> 16)
                    .put(payloadLength >>> 8)
                    .put(payloadLength);
        }
    }

    /** A whole frame, its payload in parts. */
    static byte[] frame(int firstByte, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        JsonBytes out = new JsonBytes(length + 10);
        header(out, firstByte, length);
        for (byte[] part : parts) {
            out.raw(part);
        }
        return out.toByteArray();
    }

    /** The payload of a close frame, its reason cut to what fits (RFC 6455, section 5.5.1). */
    static byte[] closePayload(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[2 + Math.min(text.length, 123)];
        payload[0] = (byte) (code >>> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, payload.length - 2);
        return payload;
    }
}
