package io.tidepole.push;

import io.tidepole.protocol.ServerMessage;
import java.util.List;

/**
 * What the encoder sends to all loops, in order: one object a turn.
 *
 * @param nanos when, on the clock of {@link System#nanoTime}
 * @param items in the order in which they hold
 */
record Encoded(long nanos, List<Item> items) {
    /** One thing that a loop must know. */
    sealed interface Item permits Bundle, Placed, Refused {}

    /**
     * Messages of one group, encoded once. Each loop copies what it needs of the bytes once and shares that copy.
     *
     * @param group number of the group
     * @param number counts the group's bundles
     * @param position of the compressed bytes in the shared window
     * @param opensEpoch whether anyone may take the compressed bytes
     * @param shared frames that went through the group's window; empty if nobody can take them
     * @param alone frames deflated one by one; empty if nobody was known to need them
     * @param plain frames as they are
     * @param added slots that are new, announced by these messages
     * @param removed ids that are gone, announced by these messages
     * @param data what the messages say
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bundle(
            int group,
            long number,
            long position,
            boolean opensEpoch,
            byte[] shared,
            byte[] alone,
            byte[] plain,
            List<Slot> added,
            List<Integer> removed,
            FrameData data)
            implements Item {}

    /**
     * A session has its place in a group; everything of that group that follows is for it.
     *
     * @param seat whose
     * @param group number of the group
     * @param shape of the group's messages
     * @param number of the group's last bundle so far
     * @param dictionary of the group at this moment
     * @param answers to send first
     */
    record Placed(Seat seat, int group, Shape shape, long number, List<Slot> dictionary, List<Answer> answers)
            implements Item {
        public Placed {
            answers = List.copyOf(answers);
        }
    }

    /** A subscription came to nothing; the session stays where it is. */
    record Refused(Seat seat, int subscription, ServerMessage.Failure failure) implements Item {}

    Encoded {
        items = List.copyOf(items);
    }
}
