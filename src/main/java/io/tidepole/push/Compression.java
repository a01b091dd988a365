package io.tidepole.push;

/** What a viewer negotiated of permessage-deflate (RFC 7692), for what we send. */
enum Compression {
    /** The extension is not in use. */
    NONE,
    /** The window is kept from message to message: the viewer may share its group's deflater. */
    SHARED,
    /** {@code server_no_context_takeover}: every message stands alone. */
    RESET
}
