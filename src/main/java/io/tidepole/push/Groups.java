package io.tidepole.push;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.protocol.ErrorCode;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.window.Aggregate;
import io.tidepole.window.EventTime;
import io.tidepole.window.GroupedPane;
import io.tidepole.window.Grouping;
import io.tidepole.window.Interest;
import io.tidepole.window.Interval;
import io.tidepole.window.Pane;
import io.tidepole.window.Stat;
import io.tidepole.window.Tick;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All groups of this node: who is in which, what they are sent, and when. Called with ticks, readings and commands;
 * hands items to the loops. Knows no timers and no bus.
 */
final class Groups {
    private static final long FORGET_MILLIS = 3_600_000;
    /** Each costs the rollup a look at every series at the end of each window. */
    private static final int MAX_GROUPINGS = 256;

    private record IdKey(Origin origin, int intervalMillis, Stat stat) {}

    /** A series, or one group of a grouping; groups of one name may have several units. */
    private record Origin(SeriesKey key, Optional<Unit> unit, Optional<Grouping> grouping) {
        static Origin of(Descriptor descriptor, Optional<Grouping> grouping) {
            return new Origin(
                    descriptor.key(),
                    grouping.isPresent() ? Optional.of(descriptor.unit()) : Optional.empty(),
                    grouping);
        }
    }

    private final Deflaters deflaters;
    private final int maxSeries;
    private final Consumer<Encoded.Item> items;
    private final Map<Group.Key, Group> groups = new LinkedHashMap<>();
    private final Map<Integer, Group> byNumber = new HashMap<>();
    private final Map<Origin, Known> known = new LinkedHashMap<>();
    private final Map<IdKey, Integer> ids = new HashMap<>();
    private final Map<Integer, Integer> watchers = new TreeMap<>();
    private final Map<Integer, Long> lastEndMillis = new HashMap<>();
    private final Output output = new Output();
    private final Set<Group> touched = new LinkedHashSet<>();
    private int lastGroup;
    private int lastId;

    Groups(Deflaters deflaters, int maxSeries, Consumer<Encoded.Item> items) {
        this.deflaters = deflaters;
        this.maxSeries = maxSeries;
        this.items = items;
    }

    // ---- what comes in

    /** Sends what windows that closed have for each group. */
    void tick(Tick tick) {
        for (Tick.Newcomer newcomer : tick.appeared()) {
            known(newcomer.series().descriptor(), Optional.empty(), true).saw(newcomer.timeMicros(), newcomer.value());
        }
        for (Pane pane : tick.panes()) {
            for (int i = 0; i < pane.size(); i++) {
                Known series = known(pane.series(i).descriptor(), Optional.empty(), true);
                series.saw(pane.aggregate(i));
                offer(series, pane.intervalMillis(), pane.aggregate(i));
            }
        }
        tick.grouped().forEach(this::grouped);
        lastEndMillis.merge(Interval.BASE_MILLIS, lastEnd(tick, Interval.BASE_MILLIS), Math::max);
        lastEndMillis.replaceAll((intervalMillis, last) -> Math.max(last, lastEnd(tick, intervalMillis)));
        if (!tick.retired().isEmpty()) {
            tick.retired().forEach(series -> retire(Origin.of(series.descriptor(), Optional.empty())));
            retireGroups(tick.endMillis() - FORGET_MILLIS);
        }
        for (Group group : touched) {
            if (group.hasSomething()) {
                items.accept(group.encodeTick(tick.endMillis(), output));
            }
        }
        touched.clear();
    }

    private void grouped(GroupedPane pane) {
        Optional<Grouping> grouping = Optional.of(pane.grouping());
        for (int i = 0; i < pane.groups().size(); i++) {
            Known group = known(pane.groups().get(i), grouping, true);
            group.saw(pane.aggregates().get(i));
            offer(group, pane.intervalMillis(), pane.aggregates().get(i));
        }
    }

    private static long lastEnd(Tick tick, int intervalMillis) {
        return Math.floorDiv(tick.endMillis(), intervalMillis) * intervalMillis;
    }

    private void offer(Known series, int intervalMillis, Aggregate aggregate) {
        for (Known.Due due : series.due) {
            if (due.slot().intervalMillis() == intervalMillis
                    && aggregate.value(due.slot().stat()).isPresent()) {
                due.group().take(due.place(), aggregate);
                touched.add(due.group());
            }
        }
    }

    /** Sends readings as they are to the groups that want every one, in one bundle a group. */
    void readings(List<ReadingBatch> batches) {
        for (ReadingBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                reading(batch, i);
            }
        }
        for (Group group : touched) {
            items.accept(group.encodeReadings(output));
        }
        touched.clear();
    }

    private void reading(ReadingBatch batch, int i) {
        Known series = known(batch.series(i), Optional.empty(), true);
        long timeMicros = EventTime.effectiveMicros(batch.timeMicros(i), batch.receivedMicros());
        series.saw(timeMicros, batch.value(i));
        if (!series.due.isEmpty()) {
            offer(series, Interval.EVERY_READING, Aggregate.of(timeMicros, batch.value(i)));
        }
    }

    /** Carries out what a loop asks. */
    void command(Command command, long nowMillis) {
        if (command instanceof Command.Place place) {
            place(place, nowMillis);
        } else if (command instanceof Command.Leave leave) {
            leave(leave.seat());
        } else if (command instanceof Command.Waited waited) {
            Group group = byNumber.get(waited.group());
            if (group != null) {
                group.waited(waited.sessions());
            }
        }
    }

    // ---- series

    private Known known(Descriptor descriptor, Optional<Grouping> grouping, boolean announced) {
        Origin origin = Origin.of(descriptor, grouping);
        Known series = known.get(origin);
        if (series == null) {
            series = new Known(descriptor, grouping);
            known.put(origin, series);
            for (Group group : groups.values()) {
                addTo(group, series, announced);
            }
        }
        return series;
    }

    private void addTo(Group group, Known series, boolean announced) {
        for (Spec spec : group.key.specs()) {
            if (group.liveSlots() < (long) maxSeries * group.key.specs().size()
                    && spec.wants(series.descriptor, series.grouping)) {
                int id = id(series, spec);
                if (group.place(id).isEmpty()) {
                    Slot slot = new Slot(id, series.descriptor, series.grouping, spec.intervalMillis(), spec.stat());
                    group.addSlot(slot, announced);
                    series.due.add(new Known.Due(group, group.dictionary().size() - 1, slot));
                    if (announced) {
                        touched.add(group);
                    }
                }
            }
        }
    }

    private int id(Known series, Spec spec) {
        return ids.computeIfAbsent(
                new IdKey(Origin.of(series.descriptor, series.grouping), spec.intervalMillis(), spec.stat()),
                none -> ++lastId);
    }

    /** Groups that had nothing for so long, and those of groupings that nobody watches. */
    private void retireGroups(long silentSinceMillis) {
        Set<Grouping> watched = groupings().keySet();
        List<Origin> gone = new ArrayList<>();
        known.forEach((origin, group) -> {
            if (group.grouping.isPresent()
                    && (group.lastTimeMillis() < silentSinceMillis || !watched.contains(group.grouping.get()))) {
                gone.add(origin);
            }
        });
        gone.forEach(this::retire);
    }

    private void retire(Origin origin) {
        Known series = known.remove(origin);
        if (series != null) {
            for (Known.Due due : series.due) {
                due.group().removeSlot(due.slot().id());
                touched.add(due.group());
                ids.remove(new IdKey(
                        origin, due.slot().intervalMillis(), due.slot().stat()));
            }
        }
    }

    // ---- sessions

    private void place(Command.Place command, long nowMillis) {
        Seat seat = command.seat();
        Group.Key key = new Group.Key(command.specs(), seat.shape);
        Group group = groups.get(key);
        if (group == null) {
            if (command.request() instanceof Command.Request.Subscribed wanted && isTooMuch(wanted.spec())) {
                items.accept(new Encoded.Refused(seat, wanted.subscription(), tooMany(wanted)));
                return;
            }
            if (command.request() instanceof Command.Request.Subscribed wanted && isOneGroupingTooMany(wanted.spec())) {
                items.accept(new Encoded.Refused(seat, wanted.subscription(), tooManyGroupings(wanted)));
                return;
            }
            group = open(key);
        }
        group.join(seat.compression);
        List<Answer> answers = answers(seat, command.request(), group, nowMillis);
        leave(seat);
        seat.group = group;
        items.accept(
                new Encoded.Placed(seat, group.number, seat.shape, group.bundleNumber(), group.dictionary(), answers));
    }

    private boolean isTooMuch(Spec spec) {
        return known.values().stream()
                        .filter(series -> spec.wants(series.descriptor, series.grouping))
                        .limit(maxSeries + 1L)
                        .count()
                > maxSeries;
    }

    private ServerMessage.Failure tooMany(Command.Request.Subscribed wanted) {
        return new ServerMessage.Failure(
                ErrorCode.TOO_MANY_SERIES,
                "more than " + maxSeries + " series; narrow the selectors",
                wanted.requestId());
    }

    private boolean isOneGroupingTooMany(Spec spec) {
        return spec.grouping()
                .map(grouping -> {
                    Set<Grouping> watched = groupings().keySet();
                    return watched.size() >= MAX_GROUPINGS && !watched.contains(grouping);
                })
                .orElse(false);
    }

    private static ServerMessage.Failure tooManyGroupings(Command.Request.Subscribed wanted) {
        return new ServerMessage.Failure(
                ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                "at most " + MAX_GROUPINGS + " ways to aggregate across series at a time, over all viewers",
                wanted.requestId());
    }

    private Group open(Group.Key key) {
        Group group = new Group(++lastGroup, key, deflaters);
        groups.put(key, group);
        byNumber.put(group.number, group);
        key.specs().forEach(spec -> watchers.merge(spec.intervalMillis(), 1, Integer::sum));
        known.values().forEach(series -> addTo(group, series, false));
        return group;
    }

    private void leave(Seat seat) {
        Group group = seat.group;
        seat.group = null;
        if (group != null && group.leave(seat.compression)) {
            group.close();
            groups.remove(group.key);
            byNumber.remove(group.number);
            touched.remove(group);
            for (Slot slot : group.dictionary()) {
                Known series = known.get(Origin.of(slot.descriptor(), slot.grouping()));
                if (series != null) {
                    series.due.removeIf(due -> due.group().number == group.number);
                }
            }
            for (Spec spec : group.key.specs()) {
                if (watchers.merge(spec.intervalMillis(), -1, Integer::sum) == 0) {
                    watchers.remove(spec.intervalMillis());
                    if (spec.intervalMillis() != Interval.BASE_MILLIS) {
                        lastEndMillis.remove(spec.intervalMillis());
                    }
                }
            }
        }
    }

    private List<Answer> answers(Seat seat, Command.Request request, Group group, long nowMillis) {
        if (request instanceof Command.Request.Admitted admitted) {
            return admitted(seat.group, group, admitted.success());
        }
        if (request instanceof Command.Request.Unsubscribed ended) {
            return List.of(new Answer.Text(new ServerMessage.Unsubscribed(ended.requestId(), ended.subscription())));
        }
        if (!(request instanceof Command.Request.Subscribed wanted)) {
            return List.of();
        }
        List<Answer.Listing> parts = group.listings(
                wanted.spec(), seat.compression != Compression.NONE, () -> entries(group, wanted.spec()));
        long endMillis = joinMillis(wanted.spec().intervalMillis(), nowMillis);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            byte[] head =
                    ServerCodec.subscribed(wanted.requestId(), wanted.subscription(), endMillis, i < parts.size() - 1);
            answers.add(new Answer.Listed(head, parts.get(i)));
        }
        return answers;
    }

    private List<ServerMessage.Entry> entries(Group group, Spec spec) {
        List<ServerMessage.Entry> entries = new ArrayList<>();
        for (Slot slot : group.dictionary()) {
            if (slot.intervalMillis() == spec.intervalMillis()
                    && slot.stat() == spec.stat()
                    && group.isLive(slot)
                    && spec.wants(slot.descriptor(), slot.grouping())) {
                entries.add(entry(slot));
            }
        }
        return entries;
    }

    /** Rights have changed in the middle of a session: it is told of what it may read now and might not before. */
    private List<Answer> admitted(@Nullable Group before, Group after, ServerMessage.Authenticated success) {
        List<ServerMessage> messages = new ArrayList<>(List.of(success));
        if (before != null && after.key.shape().columns) {
            List<Integer> gone = before.dictionary().stream()
                    .filter(slot ->
                            before.isLive(slot) && after.place(slot.id()).isEmpty())
                    .map(Slot::id)
                    .toList();
            List<ServerMessage.Entry> come = after.dictionary().stream()
                    .filter(slot ->
                            after.isLive(slot) && before.place(slot.id()).isEmpty())
                    .map(this::entry)
                    .toList();
            if (!gone.isEmpty()) {
                messages.add(new ServerMessage.Removed(gone));
            }
            if (!come.isEmpty()) {
                ServerCodec.parts(come, Output.MAX_MESSAGE_BYTES)
                        .forEach(part -> messages.add(new ServerMessage.Added(part)));
            }
        }
        return messages.stream().<Answer>map(Answer.Text::new).toList();
    }

    private ServerMessage.Entry entry(Slot slot) {
        Known series = known(slot.descriptor(), slot.grouping(), false);
        return slot.entry(series.last(), series.lastTimeMillis());
    }

    /**
     * The last window that will not be sent live: the newest that closed; or, for a length that nobody watched until
     * now, the one that is open and would only be partial.
     */
    private long joinMillis(int intervalMillis, long nowMillis) {
        return intervalMillis == Interval.EVERY_READING
                ? nowMillis
                : lastEndMillis.computeIfAbsent(intervalMillis, millis -> Interval.windowEnd(nowMillis, millis));
    }

    // ---- what others ask

    /** The window lengths in use, and of which series quantiles are wanted. */
    Interest interest() {
        Set<Integer> intervals = new HashSet<>(watchers.keySet());
        intervals.remove(Interval.EVERY_READING);
        Set<Selector> quantiles = new HashSet<>();
        for (Group.Key key : groups.keySet()) {
            for (Spec spec : key.specs()) {
                if (spec.stat().isQuantile()) {
                    quantiles.addAll(spec.select());
                }
            }
        }
        return new Interest(intervals, quantiles, groupings());
    }

    private Map<Grouping, Set<Integer>> groupings() {
        Map<Grouping, Set<Integer>> groupings = new HashMap<>();
        for (Group.Key key : groups.keySet()) {
            for (Spec spec : key.specs()) {
                spec.grouping().ifPresent(grouping -> groupings
                        .computeIfAbsent(grouping, none -> new HashSet<>())
                        .add(spec.intervalMillis()));
            }
        }
        return groupings;
    }

    boolean wantsReadings() {
        return watchers.containsKey(Interval.EVERY_READING);
    }

    int groupCount() {
        return groups.size();
    }

    int seriesCount() {
        return known.size();
    }

    int deflatersInUse() {
        return deflaters.inUse();
    }
}
