package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.protocol.UpdateWriter;
import io.tidepole.window.Aggregate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * All sessions with the same subscriptions and the same shape: their messages are made once. Belongs to the encoder.
 */
final class Group {
    /** A group is what its members have in common. */
    record Key(List<Spec> specs, Shape shape) {
        Key {
            specs = specs.stream()
                    .distinct()
                    .sorted(java.util.Comparator.comparing(Spec::toString))
                    .toList();
        }
    }

    final int number;
    final Key key;
    private final Deflaters deflaters;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Integer, Integer> placeOfId = new HashMap<>();
    private final Map<Compression, Integer> members = new EnumMap<>(Compression.class);
    private final List<Slot> added = new ArrayList<>();
    private final List<Integer> removed = new ArrayList<>();
    private final Columns columns = new Columns();
    private final Map<Spec, List<Answer.Listing>> listings = new HashMap<>();
    private List<Slot> snapshot = List.of();
    private boolean someoneWaits;
    private @Nullable SharedWindow window;
    private long bundleNumber;
    private long sequence;

    Group(int number, Key key, Deflaters deflaters) {
        this.number = number;
        this.key = key;
        this.deflaters = deflaters;
    }

    void join(Compression compression) {
        members.merge(compression, 1, Integer::sum);
        someoneWaits |= compression == Compression.SHARED;
    }

    /** True if nobody is left. */
    boolean leave(Compression compression) {
        int left = members.merge(compression, -1, Integer::sum);
        if (compression == Compression.SHARED && left == 0) {
            releaseWindow();
        }
        return members.values().stream().allMatch(count -> count == 0);
    }

    private boolean has(Compression compression) {
        return members.getOrDefault(compression, 0) > 0;
    }

    /** So many members could not take the last bundle from the shared window. */
    void waited(int viewers) {
        someoneWaits = true;
        if (window != null) {
            window.waited(viewers);
        }
    }

    private void releaseWindow() {
        if (window != null) {
            deflaters.release(window);
            window = null;
        }
    }

    /** Adds a slot; announced to members with the next bundle if they are to hear of it. */
    void addSlot(Slot slot, boolean announced) {
        placeOfId.put(slot.id(), slots.size());
        slots.add(slot);
        listings.clear();
        snapshot = List.of();
        if (announced) {
            added.add(slot);
        }
    }

    void removeSlot(int id) {
        if (placeOfId.remove(id) != null) {
            removed.add(id);
            listings.clear();
        }
    }

    OptionalInt place(int id) {
        Integer place = placeOfId.get(id);
        return place == null ? OptionalInt.empty() : OptionalInt.of(place);
    }

    int slotCount() {
        return slots.size();
    }

    int liveSlots() {
        return placeOfId.size();
    }

    /** All slots, also those that are gone: places do not move. */
    List<Slot> dictionary() {
        if (snapshot.size() != slots.size()) {
            snapshot = List.copyOf(slots);
        }
        return snapshot;
    }

    boolean isLive(Slot slot) {
        return placeOfId.containsKey(slot.id());
    }

    long bundleNumber() {
        return bundleNumber;
    }

    /** The lists of series that answer a subscribe, made once for all who ask between two changes. */
    List<Answer.Listing> listings(Spec spec, boolean deflated, Supplier<List<ServerMessage.Entry>> entries) {
        List<Answer.Listing> held = listings.get(spec);
        if (held == null || (deflated && held.get(0).deflated().length == 0)) {
            Alone alone = deflated ? deflaters.alone() : null;
            held = ServerCodec.parts(entries.get(), Output.MAX_MESSAGE_BYTES).stream()
                    .map(part -> listing(ServerCodec.listing(part), alone))
                    .toList();
            listings.put(spec, held);
        }
        return held;
    }

    private static Answer.Listing listing(byte[] json, @Nullable Alone alone) {
        return new Answer.Listing(
                json, alone != null && json.length >= Alone.WORTH_BYTES ? alone.blocks(json) : new byte[0]);
    }

    /** Takes a value for the next bundle. */
    void take(int place, Aggregate aggregate) {
        columns.add(place, aggregate);
    }

    boolean hasSomething() {
        return columns.size > 0 || !added.isEmpty() || !removed.isEmpty();
    }

    /** Encodes all that was taken as windows that end at this time. */
    Encoded.Bundle encodeTick(long endMillis, Output output) {
        begin(output);
        if (columns.size > 0) {
            if (key.shape().columns) {
                writeColumns(output, endMillis, columns.newestMillis(), 0, columns.size);
            } else {
                writeFlat(output, endMillis);
            }
        }
        return finish(output, endMillis, true);
    }

    /** Encodes all that was taken as single readings: none are merged. */
    Encoded.Bundle encodeReadings(Output output) {
        begin(output);
        if (key.shape().columns) {
            for (int from = 0, until; from < columns.size; from = until) {
                long timeMillis = columns.timeMillis(from);
                until = from + 1;
                while (until < columns.size && columns.timeMillis(until) == timeMillis) {
                    until++;
                }
                writeColumns(output, timeMillis, timeMillis, from, until);
            }
        } else {
            writeFlat(output, 0);
        }
        return finish(output, columns.newestMillis(), false);
    }

    private void begin(Output output) {
        if (has(Compression.SHARED) && window == null) {
            window = deflaters.acquire();
        }
        boolean aloneWanted = has(Compression.RESET) || (has(Compression.SHARED) && (someoneWaits || window == null));
        output.begin(key.shape(), window, aloneWanted ? deflaters.alone() : null);
        someoneWaits = false;
        if (key.shape().columns) {
            announce(output);
        }
    }

    private void announce(Output output) {
        if (!added.isEmpty()) {
            List<ServerMessage.Entry> entries = added.stream().map(Slot::entry).toList();
            for (List<ServerMessage.Entry> part : ServerCodec.parts(entries, Output.MAX_MESSAGE_BYTES)) {
                output.message(ServerCodec.encode(new ServerMessage.Added(part)));
            }
        }
        if (!removed.isEmpty()) {
            output.message(ServerCodec.encode(new ServerMessage.Removed(removed)));
        }
    }

    private void writeColumns(Output output, long endMillis, long newestMillis, int from, int until) {
        JsonBytes json = output.beginMessage();
        UpdateWriter.beginColumns(json, ++sequence, endMillis, newestMillis);
        for (int i = from; i < until; i++) {
            json.raw(i == from ? "" : ",").number(slots.get(columns.places[i]).id());
        }
        json.raw("],\"values\":[");
        for (int i = from; i < until; i++) {
            json.raw(i == from ? "" : ",").number(columns.value(slots, i));
        }
        json.raw("]}");
        output.endMessage();
    }

    private void writeFlat(Output output, long endMillis) {
        for (int i = 0; i < columns.size; i++) {
            Slot slot = slots.get(columns.places[i]);
            long timeMillis = slot.intervalMillis() == 0 ? columns.timeMillis(i) : endMillis;
            slot.template().write(output.beginMessage(), columns.value(slots, i), timeMillis);
            output.endMessage();
            sequence++;
        }
    }

    private Encoded.Bundle finish(Output output, long endMillis, boolean windowed) {
        if (windowed && columns.size > 0) {
            output.endTick(endMillis);
        }
        byte[] plain = output.plain();
        byte[] shared = output.shared();
        byte[] alone = output.alone();
        if (window != null) {
            int waiting = alone.length > 0 ? alone.length : plain.length;
            window.endBundle(waiting, shared.length, members.getOrDefault(Compression.SHARED, 0));
        }
        FrameData data = new FrameData(
                endMillis, columns.newestMillis(), sequence, windowed, columns.places(), columns.aggregates());
        Encoded.Bundle bundle = new Encoded.Bundle(
                number,
                ++bundleNumber,
                window == null ? 0 : window.position(),
                window != null && window.opensEpoch(),
                shared,
                alone,
                plain,
                List.copyOf(added),
                List.copyOf(removed),
                data);
        added.clear();
        removed.clear();
        columns.clear();
        listings.clear();
        return bundle;
    }

    void close() {
        releaseWindow();
    }

    /** The values of the next bundle. */
    private static final class Columns {
        private int[] places = new int[16];
        private Aggregate[] aggregates = new Aggregate[16];
        private int size;

        void add(int place, Aggregate aggregate) {
            if (size == places.length) {
                places = Arrays.copyOf(places, size * 2);
                aggregates = Arrays.copyOf(aggregates, size * 2);
            }
            places[size] = place;
            aggregates[size++] = aggregate;
        }

        double value(List<Slot> slots, int i) {
            return aggregates[i].value(slots.get(places[i]).stat()).orElse(0);
        }

        long timeMillis(int i) {
            return Math.floorDiv(aggregates[i].lastMicros(), 1_000);
        }

        long newestMillis() {
            long newest = 0;
            for (int i = 0; i < size; i++) {
                newest = Math.max(newest, timeMillis(i));
            }
            return newest;
        }

        int[] places() {
            return Arrays.copyOf(places, size);
        }

        Aggregate[] aggregates() {
            return Arrays.copyOf(aggregates, size);
        }

        void clear() {
            Arrays.fill(aggregates, 0, size, null);
            size = 0;
        }
    }
}
