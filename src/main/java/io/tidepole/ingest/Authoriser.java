package io.tidepole.ingest;

/** Says who may write for which device. Called on event loops, for every message: it answers from memory. */
@FunctionalInterface
public interface Authoriser {
    /** Everybody may write everything. */
    Authoriser OPEN = (sender, device) -> true;

    /** Whether the sender may write readings of the device. */
    boolean mayWrite(Sender sender, String device);
}
