package io.tidepole.push;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Grouping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A series, or a group of them, as the encoder knows it: its newest value, and where it is due. */
final class Known {
    /** A group that wants this series, and where in its dictionary. */
    record Due(Group group, int place, Slot slot) {}

    final Descriptor descriptor;
    final Optional<Grouping> grouping;
    final List<Due> due = new ArrayList<>();
    private long lastMicros = Long.MIN_VALUE;
    private double last;

    Known(Descriptor descriptor, Optional<Grouping> grouping) {
        this.descriptor = descriptor;
        this.grouping = grouping;
    }

    void saw(Aggregate aggregate) {
        saw(aggregate.lastMicros(), aggregate.last());
    }

    void saw(long timeMicros, double value) {
        if (timeMicros >= lastMicros) {
            lastMicros = timeMicros;
            last = value;
        }
    }

    OptionalDouble last() {
        return lastMicros == Long.MIN_VALUE ? OptionalDouble.empty() : OptionalDouble.of(last);
    }

    long lastTimeMillis() {
        return Math.floorDiv(lastMicros, 1_000);
    }
}
