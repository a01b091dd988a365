package io.tidepole.ingest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is connected under which client id, and what of QoS 2 outlives a connection. Safe for any thread. */
final class MqttSessions {
    private static final int MOST_KEPT = 10_000;

    private final int maxConnections;
    private final Map<String, MqttConversation> connected = new HashMap<>();
    private final Map<String, Set<Integer>> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Set<Integer>> eldest) {
            return size() > MOST_KEPT;
        }
    };

    MqttSessions(int maxConnections) {
        this.maxConnections = maxConnections;
    }

    synchronized boolean hasRoom(String clientId) {
        return connected.size() < maxConnections || connected.containsKey(clientId);
    }

    /** Enters a conversation; the one that it takes over from, if there is one, has to end. */
    synchronized @Nullable MqttConversation enter(String clientId, MqttConversation conversation) {
        return connected.put(clientId, conversation);
    }

    /** Packet ids of QoS 2 that were received and not released when the client was here last. */
    synchronized @Nullable Set<Integer> recall(String clientId, boolean fresh) {
        Set<Integer> ids = kept.remove(clientId);
        return fresh ? null : ids;
    }

    /** Leaves; false if another conversation has the client id by now. */
    synchronized boolean leave(String clientId, MqttConversation conversation, boolean keep, Set<Integer> ids) {
        boolean current = connected.remove(clientId, conversation);
        if (keep) {
            kept.merge(clientId, new HashSet<>(ids), (before, after) -> {
                before.addAll(after);
                return before;
            });
        }
        return current;
    }

    synchronized int size() {
        return connected.size();
    }
}
