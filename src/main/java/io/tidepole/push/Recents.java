package io.tidepole.push;

import io.tidepole.window.Aggregate;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What a group's bundles said since its first session fell behind: one record for all who are behind on this loop.
 * Bundles of windows are kept as they are, so that sums stay exact; single readings are joined for a quarter of a
 * second. What is older than the window of catch-ups goes, but the newest value of each slot stays.
 */
final class Recents {
    private static final long JOIN_MILLIS = 250;

    private final long keptMillis;
    private final Deque<Bucket> buckets = new ArrayDeque<>();
    private @Nullable Aggregate[] newest = new Aggregate[16];
    private boolean cut;

    Recents(long keptMillis) {
        this.keptMillis = keptMillis;
    }

    /** A session falls behind now: what it got already must not be joined with what it misses. */
    void cut() {
        cut = true;
    }

    void record(long bundleNumber, FrameData data, long nowMillis) {
        if (data.slots().length == 0) {
            return;
        }
        Bucket last = buckets.peekLast();
        if (last == null || cut || data.windowed() || last.windowed || nowMillis - last.startMillis > JOIN_MILLIS) {
            last = new Bucket(nowMillis, data.windowed());
            buckets.addLast(last);
            cut = false;
        }
        last.lastNumber = bundleNumber;
        last.add(data);
        for (int i = 0; i < data.slots().length; i++) {
            newest = put(newest, data.slots()[i], data.aggregates()[i]);
        }
        while (nowMillis - buckets.getFirst().startMillis > keptMillis) {
            buckets.removeFirst();
        }
    }

    private static @Nullable Aggregate[] put(@Nullable Aggregate[] array, int place, Aggregate value) {
        @Nullable
        Aggregate[] target = place < array.length ? array : Arrays.copyOf(array, Math.max(place + 1, array.length * 2));
        target[place] = value;
        return target;
    }

    /** Joins all that came after a bundle, for the slots that are marked. */
    CatchUp gather(long afterNumber, BitSet dirty) {
        @Nullable Aggregate[] merged = new Aggregate[dirty.length()];
        for (Bucket bucket : buckets) {
            if (bucket.lastNumber > afterNumber) {
                bucket.mergeInto(merged, dirty);
            }
        }
        for (int place = dirty.nextSetBit(0); place >= 0; place = dirty.nextSetBit(place + 1)) {
            if (merged[place] == null && place < newest.length) {
                merged[place] = newest[place];
            }
        }
        return new CatchUp(merged);
    }

    /**
     * What a session that was behind is told.
     *
     * @param aggregates by place in the dictionary; null where there is nothing to tell
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record CatchUp(@Nullable Aggregate[] aggregates) {}

    private static final class Bucket {
        private final long startMillis;
        private final boolean windowed;
        private long lastNumber;
        private int[] places = new int[0];
        private Aggregate[] aggregates = new Aggregate[0];
        private @Nullable Aggregate[] joined = new Aggregate[0];

        Bucket(long startMillis, boolean windowed) {
            this.startMillis = startMillis;
            this.windowed = windowed;
        }

        void add(FrameData data) {
            if (windowed) {
                places = data.slots();
                aggregates = data.aggregates();
                return;
            }
            for (int i = 0; i < data.slots().length; i++) {
                int place = data.slots()[i];
                Aggregate before = place < joined.length ? joined[place] : null;
                Aggregate value = data.aggregates()[i];
                joined = put(joined, place, before == null ? value : before.merge(value));
            }
        }

        void mergeInto(@Nullable Aggregate[] merged, BitSet dirty) {
            for (int i = 0; i < places.length; i++) {
                merge(merged, dirty, places[i], aggregates[i]);
            }
            for (int place = 0; place < joined.length; place++) {
                Aggregate value = joined[place];
                if (value != null) {
                    merge(merged, dirty, place, value);
                }
            }
        }

        private static void merge(@Nullable Aggregate[] merged, BitSet dirty, int place, Aggregate value) {
            if (dirty.get(place)) {
                Aggregate before = merged[place];
                merged[place] = before == null ? value : before.merge(value);
            }
        }
    }
}
