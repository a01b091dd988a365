package io.tidepole.push;

import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import io.tidepole.protocol.ServerMessage;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The topics of one viewer, and what it was not told yet because it is slow: the newest of each subject. */
final class Listening {
    /** Beyond it the viewer is told that it missed some. */
    private static final int MAX_WAITING = 1_024;

    /** Takes messages as long as it can. */
    interface Teller {
        boolean isReady();

        void tell(byte[] json);

        void missed(ServerMessage.Missed missed);
    }

    private record Subject(NoticeTopic topic, String name) {}

    private final Map<Integer, Set<NoticeTopic>> subscriptions = new HashMap<>();
    private final Map<Subject, byte[]> waiting = new LinkedHashMap<>();
    private final Set<NoticeTopic> missed = EnumSet.noneOf(NoticeTopic.class);

    void add(int subscription, Set<NoticeTopic> topics) {
        subscriptions.put(subscription, topics);
    }

    boolean remove(int subscription) {
        return subscriptions.remove(subscription) != null;
    }

    int size() {
        return subscriptions.size();
    }

    boolean isEmpty() {
        return subscriptions.isEmpty();
    }

    boolean wants(NoticeTopic topic) {
        return subscriptions.values().stream().anyMatch(topics -> topics.contains(topic));
    }

    boolean isWaiting() {
        return !waiting.isEmpty() || !missed.isEmpty();
    }

    /** Keeps a notice for later, in place of an older one of its subject. */
    void keep(Notice notice) {
        Subject subject = new Subject(notice.topic(), notice.subject());
        waiting.remove(subject);
        if (waiting.size() == MAX_WAITING) {
            Iterator<Subject> oldest = waiting.keySet().iterator();
            missed.add(oldest.next().topic);
            oldest.remove();
        }
        waiting.put(subject, notice.json());
    }

    /** Tells what waits, as far as the viewer takes it. */
    void tell(Teller teller) {
        Iterator<Map.Entry<Subject, byte[]>> oldest = waiting.entrySet().iterator();
        while (oldest.hasNext() && teller.isReady()) {
            Map.Entry<Subject, byte[]> next = oldest.next();
            oldest.remove();
            if (wants(next.getKey().topic)) {
                teller.tell(next.getValue());
            }
        }
        if (!missed.isEmpty() && teller.isReady()) {
            teller.missed(new ServerMessage.Missed(new TreeSet<>(missed)));
            missed.clear();
        }
    }
}
