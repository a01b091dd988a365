package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Interval;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers questions from the ring, with the same windows that were sent live. */
final class Reader {
    /** Values in an answer; beyond it the answer would take seconds to make and tens of megabytes to send. */
    private static final int MAX_CELLS = 4_000_000;

    private Reader() {}

    static HistoryAnswer read(Ring ring, HistoryQuery query) {
        List<Samples> chosen = ring.select(query.selectors());
        if ((long) chosen.size() * query.windows() > MAX_CELLS) {
            throw new TooMuchException(chosen.size() + " series of " + query.windows() + " windows are more than "
                    + MAX_CELLS + " values; ask for fewer series, a greater step or a shorter range");
        }
        List<HistoryAnswer.Row> rows = new ArrayList<>();
        for (Samples samples : chosen) {
            rows.add(new HistoryAnswer.Row(samples.descriptor, windows(samples, query)));
        }
        return new HistoryAnswer(query, rows);
    }

    private static @Nullable Aggregate[] windows(Samples samples, HistoryQuery query) {
        Folder folder = new Folder(query, samples.descriptor.kind() == Descriptor.Kind.COUNTER);
        long fromMicros = (query.firstEndMillis() - query.stepMillis()) * 1_000;
        long untilMicros = fromMicros + 1_000L * query.windows() * query.stepMillis();
        // A counter's first window counts from the reading before it.
        long lookBackMicros = folder.counter ? 120_000_000L : 0;
        samples.scan(fromMicros - lookBackMicros, untilMicros, folder);
        return folder.windows;
    }

    private static final class Folder implements Samples.Visitor {
        private final HistoryQuery query;
        private final boolean counter;
        private final @Nullable Aggregate[] windows;
        private long lastMicros = Long.MIN_VALUE;
        private double last;

        Folder(HistoryQuery query, boolean counter) {
            this.query = query;
            this.counter = counter;
            this.windows = new Aggregate[query.windows()];
        }

        @Override
        public void sample(long timeMicros, double value) {
            long end = Interval.windowEnd(Math.floorDiv(timeMicros, 1_000), query.stepMillis());
            int index = (int) ((end - query.firstEndMillis()) / query.stepMillis());
            if (end >= query.firstEndMillis() && index < windows.length) {
                Aggregate reading = counter && lastMicros != Long.MIN_VALUE
                        ? Aggregate.following(lastMicros, last, timeMicros, value)
                        : Aggregate.of(timeMicros, value);
                Aggregate added = query.stat().isQuantile() ? reading.withDistribution() : reading;
                Aggregate before = windows[index];
                windows[index] = before == null ? added : before.merge(added);
            }
            lastMicros = timeMicros;
            last = value;
        }
    }
}
