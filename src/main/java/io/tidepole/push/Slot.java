package io.tidepole.push;

import io.tidepole.metric.Descriptor;
import io.tidepole.protocol.ServerMessage;
import io.tidepole.protocol.UpdateWriter;
import io.tidepole.window.Grouping;
import io.tidepole.window.Stat;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One (series, statistic, interval) in a group's dictionary. Immutable; shared by the encoder and all loops.
 *
 * @param id on the wire
 * @param descriptor of the series
 * @param grouping of which it is one group, if it is no series that was sent
 * @param intervalMillis of the windows, 0 for every reading
 * @param stat of each window
 * @param template of its flat messages
 */
record Slot(
        int id,
        Descriptor descriptor,
        Optional<Grouping> grouping,
        int intervalMillis,
        Stat stat,
        UpdateWriter.Template template) {
    Slot(int id, Descriptor descriptor, Optional<Grouping> grouping, int intervalMillis, Stat stat) {
        this(
                id,
                descriptor,
                grouping,
                intervalMillis,
                stat,
                new UpdateWriter.Template(descriptor, grouping.map(Grouping::by), intervalMillis, stat));
    }

    ServerMessage.Entry entry() {
        return entry(OptionalDouble.empty(), 0);
    }

    ServerMessage.Entry entry(OptionalDouble last, long lastTimeMillis) {
        return new ServerMessage.Entry(
                id, descriptor, grouping.map(Grouping::by), intervalMillis, stat, last, lastTimeMillis);
    }
}
