package io.tidepole.ingest;

import io.tidepole.auth.Principal;

/**
 * Who knocks.
 *
 * @param address from where, without a port
 * @param principal who it proved to be
 */
public record Sender(String address, Principal principal) {
    /** Somebody at an address who has proved nothing. */
    public static Sender at(String address) {
        return new Sender(address, Principal.NOBODY);
    }
}
