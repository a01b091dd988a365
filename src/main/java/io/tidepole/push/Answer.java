package io.tidepole.push;

import io.tidepole.protocol.ServerMessage;

/** What one session is told. */
sealed interface Answer {
    /** A short message of its own. */
    record Text(ServerMessage message) implements Answer {}

    /** A message with a beginning of its own, and an end that many share. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listed(byte[] head, Listing end) implements Answer {}

    /**
     * A list of series as it ends a message.
     *
     * @param plain as it is
     * @param deflated made by {@link Alone#blocks}; empty if nobody needed it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Listing(byte[] plain, byte[] deflated) {}
}
