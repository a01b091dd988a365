package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;

/** How a viewer wants its updates, and how messages are told apart on its connection. */
enum Shape {
    /** One message for each series: subprotocol {@code metrics.v1}, and the default. */
    FLAT("metrics.v1", false, false),
    /** One message for each tick: subprotocol {@code metrics.v1.columns}. */
    COLUMNS("metrics.v1.columns", true, false),
    /** As flat, in an event stream. */
    FLAT_EVENTS("metrics.v1", false, true),
    /** As columns, in an event stream. */
    COLUMNS_EVENTS("metrics.v1.columns", true, true);

    final String subprotocol;
    final boolean columns;
    final boolean events;

    Shape(String subprotocol, boolean columns, boolean events) {
        this.subprotocol = subprotocol;
        this.columns = columns;
        this.events = events;
    }

    /** A whole message or control frame, as this kind of connection has it. */
    byte[] frame(int firstByte, byte[]... parts) {
        return events ? Events.frame(firstByte, parts) : Frames.frame(firstByte, parts);
    }

    /** Adds a text message. */
    void text(JsonBytes out, byte[] json, int length) {
        if (events) {
            Events.message(out, json, length);
        } else {
            Frames.header(out, Frames.TEXT, length);
            out.raw(json, 0, length);
        }
    }

    /** Adds a mark that all windows until this end have been sent, where there is such a thing. */
    void mark(JsonBytes out, long endMillis) {
        if (events) {
            Events.id(out, endMillis);
        }
    }
}
