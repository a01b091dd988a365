package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.protocol.UpdateWriter;
import io.tidepole.window.Aggregate;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes what a session is told after it was behind: dictionary changes first, then one update for all it missed. */
final class CatchUps {
    /** Slots in one message; more take several messages with the same {@code t}. */
    private static final int MAX_SLOTS = 1_000;

    private CatchUps() {}

    /** Hands over whole frames, uncompressed. */
    static void write(
            LoopGroup group, int knownSlots, long sinceMillis, Recents.CatchUp missed, Consumer<byte[]> frames) {
        if (group.shape == Shape.COLUMNS) {
            announce(group, knownSlots, frames);
            columns(group, sinceMillis, missed.aggregates(), frames);
        } else {
            flat(group, sinceMillis, missed.aggregates(), frames);
        }
    }

    private static void announce(LoopGroup group, int knownSlots, Consumer<byte[]> frames) {
        var added = group.slotsFrom(knownSlots).stream().map(Slot::entry).toList();
        if (!added.isEmpty()) {
            for (var part : ServerCodec.parts(added, Output.MAX_MESSAGE_BYTES)) {
                frames.accept(Frames.frame(Frames.TEXT, ServerCodec.encode(new ServerMessage.Added(part))));
            }
        }
        if (!group.removedSince().isEmpty()) {
            frames.accept(
                    Frames.frame(Frames.TEXT, ServerCodec.encode(new ServerMessage.Removed(group.removedSince()))));
        }
    }

    private static void columns(
            LoopGroup group, long sinceMillis, @Nullable Aggregate[] aggregates, Consumer<byte[]> frames) {
        Columns columns = new Columns();
        for (int place = 0; place < aggregates.length; place++) {
            Aggregate aggregate = aggregates[place];
            if (aggregate != null) {
                columns.add(group.slot(place), aggregate);
                if (columns.size == MAX_SLOTS) {
                    frames.accept(columns.message(group, sinceMillis));
                    columns.clear();
                }
            }
        }
        if (columns.size > 0) {
            frames.accept(columns.message(group, sinceMillis));
        }
    }

    private static void flat(
            LoopGroup group, long sinceMillis, @Nullable Aggregate[] aggregates, Consumer<byte[]> frames) {
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
                Frames.header(bundle, Frames.TEXT, json.size());
                bundle.raw(json.array(), 0, json.size());
                if (bundle.size() > Output.MAX_MESSAGE_BYTES / 2) {
                    frames.accept(bundle.toByteArray());
                    bundle.clear();
                }
            }
        }
        if (bundle.size() > 0) {
            frames.accept(bundle.toByteArray());
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

        byte[] message(LoopGroup group, long sinceMillis) {
            JsonBytes json = new JsonBytes(1_024);
            UpdateWriter.beginCatchUp(
                    json, group.sequence(), group.lastEndMillis(), group.lastNewestMillis(), sinceMillis, merged);
            UpdateWriter.ids(json, ids, size);
            UpdateWriter.values(json, values, size);
            UpdateWriter.extremes(json, min, max, size);
            return Frames.frame(Frames.TEXT, json.put('}').toByteArray());
        }

        void clear() {
            size = 0;
            merged = 0;
        }
    }
}
