package io.tidepole.push;

import io.tidepole.protocol.ServerMessage;
import java.util.List;

/** What a loop asks of the encoder. */
sealed interface Command {
    /**
     * A session's complete set of subscriptions is now this.
     *
     * @param seat whose
     * @param specs all of them
     * @param request the one that is to be answered
     */
    record Place(Seat seat, List<Spec> specs, Request request) implements Command {
        public Place {
            specs = List.copyOf(specs);
        }
    }

    /** What led to a change of subscriptions. */
    sealed interface Request {
        record Subscribed(String requestId, int subscription, Spec spec) implements Request {}

        record Unsubscribed(String requestId, int subscription) implements Request {}

        /** The rights are others than before: tells so, and what came and went with them. */
        record Admitted(ServerMessage.Authenticated success) implements Request {}

        /** A subscription that was refused is taken out again: nothing to answer. */
        record Withdrawn() implements Request {}
    }

    /** A session is gone. */
    record Leave(Seat seat) implements Command {}

    /** So many sessions of this group had to take a bundle plain, and wait for an epoch. */
    record Waited(int group, int sessions) implements Command {}
}
