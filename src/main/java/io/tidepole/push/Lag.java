package io.tidepole.push;

import java.util.BitSet;
import java.util.function.Consumer;

/** What a session has missed since it fell behind: one bit for each slot of its group's dictionary, and since when. */
final class Lag {
    private final BitSet missed = new BitSet();
    private long afterBundle;
    private long sinceMillis;
    private int knownSlots;

    /** The session has had all of the group's bundles until now. */
    Lag(LoopGroup group) {
        restart(group);
    }

    private void restart(LoopGroup group) {
        missed.clear();
        afterBundle = group.bundleNumber();
        sinceMillis = group.lastEndMillis();
        knownSlots = group.slotCount();
    }

    /** The session is not sent this. */
    void miss(FrameData data) {
        for (int place : data.slots()) {
            missed.set(place);
        }
    }

    /** Hands over whole frames that tell all that was missed, deflated each by itself if asked; nothing is missed then. */
    void catchUp(LoopGroup group, boolean deflated, Consumer<byte[]> frames) {
        group.catchUp(afterBundle, knownSlots, sinceMillis, missed, deflated).forEach(frames);
        restart(group);
    }
}
