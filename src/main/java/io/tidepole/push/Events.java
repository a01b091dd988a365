package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;

/** Messages as server-sent events (HTML, section 9.2). JSON as we write it has no line breaks. */
final class Events {
    private Events() {}

    static void message(JsonBytes out, byte[] json, int length) {
        out.raw("data: ").raw(json, 0, length).raw("\n\n");
    }

    /** Sets the id with which a client asks again; an event without data is seen by nobody else. */
    static void id(JsonBytes out, long endMillis) {
        out.raw("id: ").number(endMillis).raw("\n\n");
    }

    /** A message as an event, a ping as a comment; a stream knows no other frames. */
    static byte[] frame(int firstByte, byte[]... parts) {
        JsonBytes out = new JsonBytes(64);
        if (firstByte == Frames.TEXT) {
            out.raw("data: ");
            for (byte[] part : parts) {
                out.raw(part);
            }
            out.raw("\n\n");
        } else if (firstByte == Frames.PING) {
            out.raw(":\n\n");
        }
        return out.toByteArray();
    }
}
