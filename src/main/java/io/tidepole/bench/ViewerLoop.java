package io.tidepole.bench;

import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What the viewers of one thread share: the bytes they send, the message they parse into, and their tally. */
final class ViewerLoop {
    private final EventLoop loop;
    private final FeedClock clock;
    private final Options.Crowd crowd;
    private final byte[] upgradeRequest;
    private final byte[] subscribeRequest;
    private final byte[] chatter;
    private final Message message = new Message();
    private final Tally tally = new Tally();
    private final Set<Viewer> viewers = new LinkedHashSet<>();

    ViewerLoop(EventLoop loop, FeedClock clock, Options options) {
        this.loop = loop;
        this.clock = clock;
        crowd = options.crowd();
        upgradeRequest = Handshake.request(options.target(), crowd);
        subscribeRequest = ClientFrames.text(subscribe(crowd));
        chatter = chatter(crowd);
    }

    private static String subscribe(Options.Crowd crowd) {
        StringBuilder select = new StringBuilder();
        for (String selector : crowd.selectors()) {
            select.append(select.isEmpty() ? "\"" : ",\"");
            select.append(selector.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
        }
        return "{\"type\":\"subscribe\",\"requestId\":\"1\",\"select\":[%s],\"interval\":%d,\"stat\":\"%s\"}"
                .formatted(select, crowd.intervalMillis(), crowd.stat());
    }

    /** What a page says now and then, so many times; compressed if the server may take it so. */
    private static byte[] chatter(Options.Crowd crowd) {
        String report = "{\"type\":\"client.report\",\"paintMillis\":18}";
        byte[] one = crowd.offer().isEmpty() ? ClientFrames.text(report) : ClientFrames.compressedText(report);
        ByteBuffer all = ByteBuffer.allocate(one.length * crowd.chatter());
        while (all.hasRemaining()) {
            all.put(one);
        }
        return all.array();
    }

    EventLoop eventLoop() {
        return loop;
    }

    byte[] upgradeRequest() {
        return upgradeRequest;
    }

    byte[] subscribeRequest() {
        return subscribeRequest;
    }

    boolean offersDeflate() {
        return !crowd.offer().isEmpty();
    }

    Message message() {
        return message;
    }

    Tally tally() {
        return tally;
    }

    Set<Viewer> viewers() {
        return viewers;
    }

    Inspector newInspector(Role role) {
        return new Inspector(clock, crowd, tally, role.keepsUp());
    }

    void subscribed(Viewer viewer) {
        viewers.add(viewer);
        tally.live++;
        tally.opened++;
        if (chatter.length > 0) {
            viewer.send(chatter);
        }
    }

    void ended(Viewer viewer, boolean wasLive, boolean onPurpose) {
        if (!wasLive) {
            tally.failed++;
            return;
        }
        tally.live--;
        viewers.remove(viewer);
        if (!onPurpose) {
            tally.closedByServer++;
            tally.laggardsClosed += viewer.role().keepsUp() ? 0 : 1;
        }
    }

    /** A copy of the tally; to be called on the loop. */
    Tally snapshot() {
        Tally copy = new Tally();
        copy.add(tally);
        copy.takenNanos = System.nanoTime();
        return copy;
    }

    /** Forgets the times taken so far, those of the warm-up; to be called on the loop. */
    void restartTimes() {
        for (Histogram histogram : List.of(tally.latency, tally.resumed)) {
            histogram.reset();
        }
    }
}
