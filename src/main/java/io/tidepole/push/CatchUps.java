package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.protocol.UpdateWriter;
import io.tidepole.window.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what a session is told after it was behind: dictionary changes first, then one update for all it missed. */
final class CatchUps {
    /** Slots in one message; more take several messages with the same {@code t}. */
    private static final int MAX_SLOTS = 1_000;

    private final LoopGroup group;
    private final @Nullable Alone deflater;
    private final List<byte[]> frames = new ArrayList<>();

    /** Deflates what is worth it if there is a deflater. */
    CatchUps(LoopGroup group, @Nullable Alone deflater) {
        this.group = group;
        this.deflater = deflater;
    }

    /** Whole frames, in order. */
    List<byte[]> write(int knownSlots, long sinceMillis, Recents.CatchUp missed) {
        if (group.shape.columns) {
            announce(knownSlots);
            columns(sinceMillis, missed.aggregates());
        } else {
            flat(sinceMillis, missed.aggregates());
        }
        return frames;
    }

    private void announce(int knownSlots) {
        var added = group.slotsFrom(knownSlots).stream().map(Slot::entry).toList();
        if (!added.isEmpty()) {
            for (var part : ServerCodec.parts(added, Output.MAX_MESSAGE_BYTES)) {
                frame(new ServerMessage.Added(part));
            }
        }
        if (!group.removedSince().isEmpty()) {
            frame(new ServerMessage.Removed(group.removedSince()));
        }
    }

    private void frame(ServerMessage message) {
        byte[] json = ServerCodec.encode(message);
        JsonBytes out = new JsonBytes(json.length + 10);
        frame(out, json, json.length);
        frames.add(out.toByteArray());
    }

    private void frame(JsonBytes out, byte[] json, int length) {
        if (deflater != null && length >= Alone.WORTH_BYTES) {
            deflater.write(out, json, 0, length);
        } else {
            group.shape.text(out, json, length);
        }
    }

    private void columns(long sinceMillis, @Nullable Aggregate[] aggregates) {
        Columns columns = new Columns();
        for (int place = 0; place < aggregates.length; place++) {
            Aggregate aggregate = aggregates[place];
            if (aggregate != null) {
                columns.add(group.slot(place), aggregate);
                if (columns.size == MAX_SLOTS) {
                    frame(columns, sinceMillis);
                }
            }
        }
        if (columns.size > 0) {
            frame(columns, sinceMillis);
        }
    }

    private void frame(Columns columns, long sinceMillis) {
        JsonBytes json = columns.message(group, sinceMillis);
        JsonBytes out = new JsonBytes(json.size() + 10);
        frame(out, json.array(), json.size());
        frames.add(out.toByteArray());
        columns.clear();
    }

    private void flat(long sinceMillis, @Nullable Aggregate[] aggregates) {
        JsonBytes json = new JsonBytes(256);
        JsonBytes bundle = new JsonBytes(1_024);
        for (int place = 0; place < aggregates.length; place++) {
            Aggregate aggregate = aggregates[place];
            Slot slot = group.slot(place);
            if (aggregate != null && aggregate.value(slot.stat()).isPresent()) {
                long timeMillis = slot.intervalMillis() == 0
                        ? Math.floorDiv(aggregate.lastMicros(), 1_000)
                        : group.lastEndMillis();
                slot.template()
                        .writeCatchUp(
                                json.clear(),
                                aggregate.value(slot.stat()).getAsDouble(),
                                timeMillis,
                                sinceMillis,
                                aggregate.min(),
                                aggregate.max());
                frame(bundle, json.array(), json.size());
                if (bundle.size() > Output.MAX_MESSAGE_BYTES / 2) {
                    frames.add(bundle.toByteArray());
                    bundle.clear();
                }
            }
        }
        if (bundle.size() > 0) {
            frames.add(bundle.toByteArray());
        }
    }

    private static final class Columns {
        private int[] ids = new int[64];
        private double[] values = new double[64];
        private double[] min = new double[64];
        private double[] max = new double[64];
        private int size;
        private long merged;

        void add(Slot slot, Aggregate aggregate) {
            if (aggregate.value(slot.stat()).isEmpty()) {
                return;
            }
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, size * 2);
                values = Arrays.copyOf(values, size * 2);
                min = Arrays.copyOf(min, size * 2);
                max = Arrays.copyOf(max, size * 2);
            }
            ids[size] = slot.id();
            values[size] = aggregate.value(slot.stat()).getAsDouble();
            min[size] = aggregate.min();
            max[size++] = aggregate.max();
            merged += aggregate.count();
        }

        JsonBytes message(LoopGroup group, long sinceMillis) {
            JsonBytes json = new JsonBytes(1_024);
            UpdateWriter.beginCatchUp(
                    json, group.sequence(), group.lastEndMillis(), group.lastNewestMillis(), sinceMillis, merged);
            UpdateWriter.ids(json, ids, size);
            UpdateWriter.values(json, values, size);
            UpdateWriter.extremes(json, min, max, size);
            return json.put('}');
        }

        void clear() {
            size = 0;
            merged = 0;
        }
    }
}
