package io.tidepole.ingest;

/**
 * Who knocks.
 *
 * @param address from where, without a port
 * @param principal who it proved to be; empty for nobody in particular
 */
public record Sender(String address, String principal) {
    /** Somebody at an address. */
    public static Sender at(String address) {
        return new Sender(address, "");
    }
}
