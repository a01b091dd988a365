package io.tidepole.protocol;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.By;
import io.tidepole.window.Stat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;

/**
 * What the server says, but for updates, which are written by {@link UpdateWriter}, and answers to a subscribe, which
 * {@link ServerCodec} writes in two parts. Times are milliseconds.
 */
public sealed interface ServerMessage {
    /** The first message. */
    record Welcome(
            String connectionId,
            String server,
            String instance,
            String host,
            long startedMillis,
            long serverTimeMillis,
            long heartbeatMillis,
            int maxMessageBytes,
            String subprotocol)
            implements ServerMessage {}

    /** Answers a subscribe to topics; what happens after this time is told. */
    record Listening(String requestId, int subscription, SortedSet<NoticeTopic> topics, long timeMillis)
            implements ServerMessage {}

    /** This viewer was too slow to be told everything of these topics; it has to look anew. */
    record Missed(SortedSet<NoticeTopic> topics) implements ServerMessage {}

    /** Answers an unsubscribe. */
    record Unsubscribed(String requestId, int subscription) implements ServerMessage {}

    /** Series that appeared. */
    record Added(List<Entry> series) implements ServerMessage {
        public Added {
            series = List.copyOf(series);
        }
    }

    /** Series that are gone. */
    record Removed(List<Integer> ids) implements ServerMessage {
        public Removed {
            ids = List.copyOf(ids);
        }
    }

    /** Answers a ping. */
    record Pong(String requestId, long clientTimeMillis, long serverTimeMillis) implements ServerMessage {}

    /** This viewer is slow and gets a catch-up at every interval. */
    record Degraded(int intervalMillis) implements ServerMessage {}

    /** This viewer keeps up again. */
    record Restored() implements ServerMessage {}

    /** The server goes down; come back after that time. */
    record Draining(long reconnectAfterMillis) implements ServerMessage {}

    /** It is known who is there, until that time; {@link Long#MAX_VALUE} for no end. */
    record Authenticated(String requestId, String userId, long expiresAtMillis) implements ServerMessage {}

    /** It is not known who is there, or not any more. */
    record NotAuthenticated(String requestId, String message) implements ServerMessage {}

    /** A request was refused. */
    record Failure(ErrorCode code, String message, String requestId) implements ServerMessage {}

    /** A request was refused because there were too many; it may be asked again after that time. */
    record Limited(String requestId, long retryAfterMillis) implements ServerMessage {}

    /**
     * A series as viewers know it.
     *
     * @param id of this (series, statistic, interval), for this run
     * @param by the labels that it aggregates by, if it is no series but a group of them
     * @param last the newest value, if there is one
     * @param lastTimeMillis its time
     */
    record Entry(
            int id,
            Descriptor descriptor,
            Optional<By> by,
            int intervalMillis,
            Stat stat,
            OptionalDouble last,
            long lastTimeMillis) {}
}
