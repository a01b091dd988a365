package io.tidepole.protocol;

import io.tidepole.metric.Selector;
import io.tidepole.window.By;
import io.tidepole.window.Stat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a viewer says. */
public sealed interface ClientMessage {
    /** Repeated in the answer; empty if there is none. */
    String requestId();

    /**
     * Asks for updates.
     *
     * @param select at least one
     * @param intervalMillis one of {@link io.tidepole.window.Interval}, or 0
     * @param stat of each window
     * @param by aggregates across series, if it is there
     */
    record Subscribe(String requestId, List<Selector> select, int intervalMillis, Stat stat, Optional<By> by)
            implements ClientMessage {
        public Subscribe {
            select = List.copyOf(select);
        }
    }

    /**
     * Asks to be told of what is no series.
     *
     * @param topics at least one
     */
    record Listen(String requestId, Set<NoticeTopic> topics) implements ClientMessage {
        public Listen {
            topics = Set.copyOf(topics);
        }
    }

    /** Says who is there. The token is a secret, and {@code toString} does not say it. */
    record Authenticate(String requestId, String token) implements ClientMessage {
        @Override
        public String toString() {
            return "Authenticate[" + requestId + "]";
        }
    }

    /** Ends a subscription. */
    record Unsubscribe(String requestId, int subscription) implements ClientMessage {}

    /** Asks for the server's time. */
    record Ping(String requestId, long clientTimeMillis) implements ClientMessage {}

    /** The delay between the arrival of a frame and its picture, as the viewer measured it. */
    record Report(String requestId, double paintMillis) implements ClientMessage {}
}
