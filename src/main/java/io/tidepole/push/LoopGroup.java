package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group as one loop sees it: its members here, its dictionary, and what those who are behind have missed. */
final class LoopGroup {
    final int number;
    final Shape shape;
    private final PushLoop loop;
    private final List<Session> members = new ArrayList<>();
    private final List<Slot> slots;
    private final Set<Integer> gone = new HashSet<>();
    private final List<Integer> removedSince = new ArrayList<>();
    private final Copies copies = new Copies();
    private final SharedCatchUp plainCatchUp = new SharedCatchUp();
    private final SharedCatchUp deflatedCatchUp = new SharedCatchUp();
    private @Nullable Recents recents;
    private int behind;
    private long bundleNumber;
    private long lastEndMillis;
    private long lastNewestMillis;
    private long sequence;
    private int waiting;

    LoopGroup(PushLoop loop, Encoded.Placed placed) {
        this.loop = loop;
        this.number = placed.group();
        this.shape = placed.shape();
        this.slots = new ArrayList<>(placed.dictionary());
        this.bundleNumber = placed.number();
    }

    void join(Session session) {
        session.memberIndex = members.size();
        members.add(session);
    }

    /** True if nobody is left here. */
    boolean leave(Session session) {
        Session last = members.remove(members.size() - 1);
        if (last.memberIndex != session.memberIndex) {
            members.set(session.memberIndex, last);
            last.memberIndex = session.memberIndex;
        }
        return members.isEmpty();
    }

    // ---- delivery

    void deliver(Encoded.Bundle bundle, Pace pace) {
        waiting = 0;
        copies.of(bundle);
        try {
            for (int i = 0; i < members.size(); i++) {
                members.get(i).offer(this, bundle, copies, pace);
            }
        } finally {
            copies.release();
        }
        if (waiting > 0) {
            loop.command(new Command.Waited(number, waiting));
        }
        slots.addAll(bundle.added());
        gone.addAll(bundle.removed());
        FrameData data = bundle.data();
        bundleNumber = bundle.number();
        sequence = Math.max(sequence, data.sequence());
        if (data.slots().length > 0) {
            lastEndMillis = Math.max(lastEndMillis, data.endMillis());
            lastNewestMillis = Math.max(lastNewestMillis, data.newestMillis());
        }
        if (recents != null) {
            removedSince.addAll(bundle.removed());
            recents.record(bundle.number(), data, loop.nowMillis());
        }
    }

    /** After a bundle, those who are due and can take it get their catch-up. */
    void afterDelivery() {
        if (behind > 0) {
            for (int i = 0; i < members.size(); i++) {
                members.get(i).catchUpIfDue();
            }
        }
    }

    /** A member could not take this bundle from the shared window. */
    void waits() {
        waiting++;
    }

    // ---- those who are behind

    void fellBehind() {
        behind++;
        if (recents == null) {
            recents = new Recents(loop.settings().catchupWindow().toMillis());
        }
        recents.cut();
    }

    void caughtUp() {
        if (--behind == 0) {
            recents = null;
            plainCatchUp.clear();
            deflatedCatchUp.clear();
            removedSince.clear();
        }
    }

    /** What a session is told that missed this much, as whole frames. */
    List<byte[]> catchUp(long afterBundle, int knownSlots, long sinceMillis, BitSet dirty, boolean deflated) {
        SharedCatchUp last = deflated ? deflatedCatchUp : plainCatchUp;
        return last.frames(bundleNumber, afterBundle, knownSlots, sinceMillis, dirty, () -> {
            CatchUps frames = new CatchUps(this, deflated ? loop.alone() : null);
            return frames.write(knownSlots, sinceMillis, gather(afterBundle, dirty));
        });
    }

    private Recents.CatchUp gather(long afterBundle, BitSet dirty) {
        if (recents == null) {
            throw new IllegalStateException("nobody is behind");
        }
        Recents.CatchUp gathered = recents.gather(afterBundle, dirty);
        for (int place = 0; place < gathered.aggregates().length; place++) {
            if (isGone(slot(place))) {
                gathered.aggregates()[place] = null;
            }
        }
        return gathered;
    }

    int slotCount() {
        return slots.size();
    }

    Slot slot(int place) {
        return slots.get(place);
    }

    List<Slot> slotsFrom(int place) {
        return slots.subList(place, slots.size()).stream()
                .filter(slot -> !gone.contains(slot.id()))
                .toList();
    }

    List<Integer> removedSince() {
        return List.copyOf(removedSince);
    }

    boolean isGone(Slot slot) {
        return gone.contains(slot.id());
    }

    long bundleNumber() {
        return bundleNumber;
    }

    long lastEndMillis() {
        return lastEndMillis;
    }

    long lastNewestMillis() {
        return lastNewestMillis;
    }

    long sequence() {
        return sequence;
    }

    /** The bytes of one bundle, copied to direct memory once for this loop, and only in the forms that are taken. */
    static final class Copies {
        private static final ByteBufAllocator MEMORY = PooledByteBufAllocator.DEFAULT;

        private byte[] sharedBytes = new byte[0];
        private byte[] aloneBytes = new byte[0];
        private byte[] plainBytes = new byte[0];
        private @Nullable ByteBuf shared;
        private @Nullable ByteBuf alone;
        private @Nullable ByteBuf plain;

        void of(Encoded.Bundle bundle) {
            sharedBytes = bundle.shared();
            aloneBytes = bundle.alone();
            plainBytes = bundle.plain();
        }

        ByteBuf shared() {
            if (shared == null) {
                shared = copy(sharedBytes);
            }
            return shared;
        }

        ByteBuf alone() {
            if (alone == null) {
                alone = copy(aloneBytes);
            }
            return alone;
        }

        ByteBuf plain() {
            if (plain == null) {
                plain = copy(plainBytes);
            }
            return plain;
        }

        private static ByteBuf copy(byte[] bytes) {
            return MEMORY.directBuffer(bytes.length).writeBytes(bytes);
        }

        void release() {
            shared = release(shared);
            alone = release(alone);
            plain = release(plain);
        }

        private static @Nullable ByteBuf release(@Nullable ByteBuf buffer) {
            if (buffer != null) {
                buffer.release();
            }
            return null;
        }
    }
}
