package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Memory and disk as one, for one question. Blocks, so for worker threads alone; throws {@link AbandonedException} when
 * the asker has gone and {@link TooMuchException} when it has read too many samples.
 */
public final class Past {
    /** Samples that one question may read: some seconds of work. */
    private static final long MAX_SAMPLES = 50_000_000;

    private static final long DAY_MILLIS = 86_400_000;
    private static final int LOOK_UP_EVERY = 4_096;
    /** How far a sender's stamp may lie ahead of its receipt. */
    private static final long AHEAD_MICROS = 1_000_000;

    private final Ring ring;
    private final Archive archive;
    private final long startedMicros;
    private final Asker asker;
    private long samples;

    Past(Ring ring, Archive archive, long startedMicros, Asker asker) {
        this.ring = ring;
        this.archive = archive;
        this.startedMicros = startedMicros;
        this.asker = asker;
    }

    /** Takes samples. */
    public interface Sink {
        void sample(long timeMicros, double value);
    }

    /** The series that one of the selectors chooses and that may have samples in [from, until); sorted by key. */
    public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
        Map<SeriesKey, Descriptor> chosen = new HashMap<>();
        for (Descriptor archived : archive.series(selectors, fromMicros, untilMicros)) {
            chosen.put(archived.key(), archived);
        }
        for (Samples held : ring.select(selectors)) {
            if (held.lastMicros() >= fromMicros && held.firstMicros() < untilMicros) {
                chosen.put(held.descriptor.key(), held.descriptor);
            }
        }
        check();
        // Keys compare by their text, which is better made once than at each comparison.
        Map<String, Descriptor> sorted = new TreeMap<>();
        chosen.forEach((key, descriptor) -> {
            if (asker.mayRead().test(key)) {
                sorted.put(key.toString(), descriptor);
            }
        });
        return List.copyOf(sorted.values());
    }

    /** When the newest sample was measured, in milliseconds since the epoch; nothing if there is none before a time. */
    OptionalLong lastMillis(SeriesKey series, long beforeMillis) {
        Optional<Samples> held = ring.samples(series);
        if (held.isPresent() && held.get().lastMicros() != Long.MIN_VALUE) {
            return OptionalLong.of(Math.floorDiv(held.get().lastMicros(), 1_000));
        }
        // Most that are silent fell silent lately: look back in strides that grow.
        Latest latest = new Latest();
        long untilMillis = beforeMillis;
        for (long stride = DAY_MILLIS; latest.micros == Long.MIN_VALUE; stride *= 2) {
            long fromMillis = Math.max(Math.floorDiv(archive.rawFromMicros(), 1_000), untilMillis - stride);
            if (fromMillis >= untilMillis) {
                return OptionalLong.empty();
            }
            archive.scanTier(series, Archive.Tier.HOUR, fromMillis, untilMillis, latest);
            untilMillis = fromMillis;
        }
        return OptionalLong.of(Math.floorDiv(latest.micros, 1_000));
    }

    private static final class Latest implements Archive.TierVisitor {
        private long micros = Long.MIN_VALUE;

        @Override
        public void window(long endMillis, Aggregate aggregate) {
            micros = Math.max(micros, aggregate.lastMicros());
        }
    }

    /** Hands over samples with from <= time < until, in order of time, each time once. */
    public void scan(SeriesKey series, long fromMicros, long untilMicros, Sink sink) {
        Merging merging = new Merging(sink);
        ring.samples(series).ifPresent(held -> held.scan(fromMicros, untilMicros, merging::keep));
        long memoryMicros = memoryFromMicros(series);
        if (fromMicros < memoryMicros) {
            archive.scan(series, fromMicros, Math.min(untilMicros, memoryMicros), merging);
        }
        merging.finish();
    }

    /** Hands over windows of a tier, and then samples, which together are all of [from, until) once. */
    void scan(SeriesKey series, Archive.Tier tier, long fromMicros, long untilMicros, Fold fold) {
        long lengthMicros = tier.lengthMillis() * 1_000L;
        long joinMicros = Math.floorDiv(Math.min(untilMicros, memoryFromMicros(series)), lengthMicros) * lengthMicros;
        if (archive.rawFromMicros() == Long.MAX_VALUE || joinMicros <= fromMicros) {
            scan(series, fromMicros, untilMicros, fold::sample);
            return;
        }
        archive.scanTier(series, tier, fromMicros / 1_000, joinMicros / 1_000, (endMillis, aggregate) -> {
            count();
            fold.window(endMillis, aggregate);
        });
        scan(series, joinMicros, untilMicros, fold::sample);
    }

    /**
     * Hands over samples in order of time that outline all of those with from <= time < until. Where long windows are
     * kept, they are the first, the least, the greatest and the last of each minute, with the two in the middle at
     * thirds of the time between.
     */
    public void outline(SeriesKey series, long fromMicros, long untilMicros, Sink sink) {
        long minuteMicros = Archive.Tier.MINUTE.lengthMillis() * 1_000L;
        long startMicros = Math.floorDiv(fromMicros + minuteMicros - 1, minuteMicros) * minuteMicros;
        long joinMicros = Math.floorDiv(Math.min(untilMicros, memoryFromMicros(series)), minuteMicros) * minuteMicros;
        if (archive.rawFromMicros() == Long.MAX_VALUE || joinMicros <= startMicros) {
            scan(series, fromMicros, untilMicros, sink);
            return;
        }
        scan(series, fromMicros, startMicros, sink);
        archive.scanTier(
                series,
                Archive.Tier.MINUTE,
                startMicros / 1_000,
                joinMicros / 1_000,
                (endMillis, aggregate) -> outline(aggregate, sink));
        scan(series, joinMicros, untilMicros, sink);
    }

    private void outline(Aggregate minute, Sink sink) {
        count();
        sink.sample(minute.firstMicros(), minute.first());
        long thirdMicros = (minute.lastMicros() - minute.firstMicros()) / 3;
        if (minute.count() > 2 && thirdMicros > 0) {
            boolean falls = minute.last() < minute.first();
            sink.sample(minute.firstMicros() + thirdMicros, falls ? minute.max() : minute.min());
            sink.sample(minute.lastMicros() - thirdMicros, falls ? minute.min() : minute.max());
        }
        if (minute.lastMicros() > minute.firstMicros()) {
            sink.sample(minute.lastMicros(), minute.last());
        }
    }

    /**
     * From when on memory has all that the archive has. What came before the start is in the archive alone, and its
     * stamps may lie a little ahead.
     */
    private long memoryFromMicros(SeriesKey series) {
        long firstMicros = ring.samples(series).map(Samples::firstMicros).orElse(Long.MAX_VALUE);
        return Math.max(firstMicros, startedMicros + AHEAD_MICROS);
    }

    private void count() {
        if (++samples % LOOK_UP_EVERY == 0) {
            check();
        }
        if (samples > MAX_SAMPLES) {
            throw new TooMuchException("more than " + MAX_SAMPLES
                    + " readings would have to be read; ask for fewer series, a shorter range or a greater step");
        }
    }

    /** Throws {@link AbandonedException} if nobody waits for the answer any more. */
    public void check() {
        if (asker.gone().getAsBoolean()) {
            throw new AbandonedException();
        }
    }

    /** Puts samples of the archive between those of memory; where both have a time, memory is right. */
    private final class Merging implements Samples.Visitor {
        private final Sink sink;
        private final Run held = new Run();
        private int next;

        Merging(Sink sink) {
            this.sink = sink;
        }

        void keep(long timeMicros, double value) {
            held.add(timeMicros, value);
        }

        @Override
        public void sample(long timeMicros, double value) {
            while (next < held.size() && held.timeMicros(next) < timeMicros) {
                hand(held.timeMicros(next), held.value(next++));
            }
            if (next == held.size() || held.timeMicros(next) != timeMicros) {
                hand(timeMicros, value);
            }
        }

        void finish() {
            while (next < held.size()) {
                hand(held.timeMicros(next), held.value(next++));
            }
        }

        private void hand(long timeMicros, double value) {
            count();
            sink.sample(timeMicros, value);
        }
    }
}
