package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The days on disk and what is not sealed yet, as one. The tail is always asked before the files: what is sealed
 * meanwhile is then seen twice rather than not at all, and twice is once.
 */
final class DiskArchive implements Archive {
    private final Days days;
    private final Tail tail;

    DiskArchive(Days days, Tail tail) {
        this.days = days;
        this.tail = tail;
    }

    @Override
    public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
        Map<SeriesKey, Descriptor> found = new TreeMap<>();
        for (Descriptor series : tail.series()) {
            if (isChosen(series.key(), selectors)
                    && tail.run(series.key()).between(fromMicros, untilMicros).size() > 0) {
                found.put(series.key(), series);
            }
        }
        for (DayFile day : days.between(fromMicros, untilMicros)) {
            day.read(List.<Descriptor>of(), reader -> series(day, reader, selectors, fromMicros, untilMicros))
                    .forEach(series -> found.putIfAbsent(series.key(), series));
        }
        return List.copyOf(found.values());
    }

    private static List<Descriptor> series(
            DayFile day, DayReader reader, List<Selector> selectors, long fromMicros, long untilMicros)
            throws java.sql.SQLException {
        boolean whole = fromMicros <= day.startMicros() && untilMicros >= day.endMicros();
        List<Descriptor> chosen = new ArrayList<>();
        for (DayReader.Numbered each : reader.candidates(selectors)) {
            if (isChosen(each.series().key(), selectors)
                    && (whole || reader.hasAny(each.number(), fromMicros, untilMicros))) {
                chosen.add(each.series());
            }
        }
        return chosen;
    }

    private static boolean isChosen(SeriesKey key, List<Selector> selectors) {
        return selectors.stream().anyMatch(selector -> selector.matches(key));
    }

    @Override
    public void scan(SeriesKey series, long fromMicros, long untilMicros, Samples.Visitor visitor) {
        Columns unsealed = tail.run(series).between(fromMicros, untilMicros);
        long doneMicros = fromMicros;
        for (DayFile day : days.between(fromMicros, untilMicros)) {
            unsealed.scan(doneMicros, day.startMicros(), visitor);
            doneMicros = Math.min(day.endMicros(), untilMicros);
            scan(day, series, unsealed, Math.max(fromMicros, day.startMicros()), doneMicros, visitor);
        }
        unsealed.scan(doneMicros, untilMicros, visitor);
    }

    private static void scan(
            DayFile day,
            SeriesKey series,
            Columns unsealed,
            long fromMicros,
            long untilMicros,
            Samples.Visitor visitor) {
        Columns others = unsealed.between(fromMicros, untilMicros);
        Optional<DayReader.Numbered> known = find(day, series);
        if (known.isEmpty()) {
            others.scan(fromMicros, untilMicros, visitor);
        } else {
            day.read(false, reader -> {
                reader.scan(known.get().number(), fromMicros, untilMicros, others, visitor);
                return true;
            });
        }
    }

    private static Optional<DayReader.Numbered> find(DayFile day, SeriesKey series) {
        return day.read(Optional.empty(), reader -> reader.find(series));
    }

    @Override
    public void scanTier(SeriesKey series, Tier tier, long fromMillis, long untilMillis, TierVisitor visitor) {
        long hourMillis = Math.floorDiv(fromMillis, Hours.HOUR_MILLIS) * Hours.HOUR_MILLIS;
        TreeMap<Long, Aggregate> windows = new TreeMap<>();
        TreeSet<Long> stale = new TreeSet<>();
        Optional<Descriptor> descriptor = tail.find(series);
        descriptor.ifPresent(unsealed -> stale.addAll(Hours.touched(unsealed, tail.run(series))));
        for (DayFile day : days.between(hourMillis * 1_000, untilMillis * 1_000)) {
            Optional<DayReader.Numbered> known = find(day, series);
            if (known.isPresent()) {
                int number = known.get().number();
                descriptor = descriptor.or(() -> known.map(DayReader.Numbered::series));
                stale.addAll(day.read(Set.<Long>of(), reader -> reader.stale(number)));
                day.read(false, reader -> reader.tier(number, tier, hourMillis, untilMillis, windows));
            }
        }
        if (descriptor.isPresent()) {
            computeAnew(descriptor.get(), tier, stale.subSet(hourMillis, untilMillis), windows);
        }
        windows.subMap(fromMillis, untilMillis)
                .forEach((start, window) -> visitor.window(start + tier.lengthMillis(), window));
    }

    /** Computes the windows of these hours from the samples; hours that follow each other together. */
    private void computeAnew(Descriptor series, Tier tier, SortedSet<Long> hours, Map<Long, Aggregate> windows) {
        long fromMillis = Long.MIN_VALUE;
        long untilMillis = Long.MIN_VALUE;
        for (long hour : hours) {
            if (hour != untilMillis) {
                compute(series, tier, fromMillis, untilMillis, windows);
                fromMillis = hour;
            }
            untilMillis = hour + Hours.HOUR_MILLIS;
        }
        compute(series, tier, fromMillis, untilMillis, windows);
    }

    private void compute(
            Descriptor series, Tier tier, long fromMillis, long untilMillis, Map<Long, Aggregate> windows) {
        if (fromMillis < untilMillis) {
            windows.keySet().removeIf(start -> start >= fromMillis && start < untilMillis);
            TierFold fold = new TierFold(tier, fromMillis, series.kind());
            scanForTiers(series.key(), fromMillis, untilMillis, fold);
            fold.windows().forEach((micros, window) -> windows.put(micros / 1_000, window));
        }
    }

    /** Hands over the samples of some hours, with those before them that a counter counts from. */
    void scanForTiers(SeriesKey series, long fromMillis, long untilMillis, Samples.Visitor visitor) {
        scan(series, fromMillis * 1_000 - TierFold.LOOK_BACK_MICROS, untilMillis * 1_000, visitor);
    }

    @Override
    public long rawFromMicros() {
        return days.oldest().map(DayFile::startMicros).orElseGet(tail::fromMicros);
    }
}
