package io.tidepole.ingest;

/** Says who may write for which device. Called on event loops, for every message: it answers from memory. */
@FunctionalInterface
public interface Authoriser {
    /** Everybody may write everything. */
    Authoriser OPEN = (sender, device) -> true;

    /** Those who have proved who they are may write what they were granted. */
    Authoriser GRANTED = new Authoriser() {
        @Override
        public boolean mayWrite(Sender sender, String device) {
            return sender.principal().mayWrite(device);
        }

        @Override
        public boolean needsProof() {
            return true;
        }
    };

    /** Whether the sender may write readings of the device. */
    boolean mayWrite(Sender sender, String device);

    /** Whether senders have to prove who they are. */
    default boolean needsProof() {
        return false;
    }
}
