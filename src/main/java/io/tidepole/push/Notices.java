package io.tidepole.push;

import io.tidepole.bus.Topic;
import io.tidepole.protocol.Notice;
import java.util.List;

/** What all loops are to tell those of their viewers who listen, in order. */
record Notices(List<Notice> notices) {
    static final Topic<Notices> TOPIC = new Topic<>("tidepole.push.notices", Notices.class);

    Notices {
        notices = List.copyOf(notices);
    }
}
