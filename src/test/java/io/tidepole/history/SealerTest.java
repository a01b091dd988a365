package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.window.Aggregate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Days on real SQLite against a plain map: what is read is what was written, and tiers are what the samples say. */
final class SealerTest {
    /** Half an hour before midnight, 2026-01-31. */
    private static final long T0_MILLIS = 1_769_902_200_000L;

    private static final Descriptor GAUGE = Descriptor.gauge(SeriesKey.of("temperature", "device", "a"), Unit.CELSIUS);
    private static final Descriptor COUNTER =
            new Descriptor(SeriesKey.of("sent_total", "device", "a"), Unit.ONE, Descriptor.Kind.COUNTER);

    /** What happens: samples that are committed together, and what is done afterwards. */
    record Step(List<Sample> samples, After after) {}

    record Sample(int seconds, int value) {}

    enum After {
        NOTHING,
        SEAL,
        SEAL_AND_COMPUTE,
        REOPEN
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> near = Arbitraries.integers().between(0, 7_200);
        Arbitrary<Integer> edge = Arbitraries.of(0, 1_799, 1_800, 1_801, 1_860, 5_399, 5_400);
        Arbitrary<Sample> sample = Combinators.combine(
                        Arbitraries.oneOf(near, edge), Arbitraries.integers().between(-50, 500))
                .as(Sample::new);
        return Combinators.combine(sample.list().ofMinSize(1).ofMaxSize(200), Arbitraries.of(After.class))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    @Property(tries = 60)
    void archive_afterAnySteps_holdsWhatWasWritten(@ForAll("steps") List<Step> steps) throws Exception {
        Path folder = Files.createTempDirectory("sealer");
        try {
            run(folder, steps);
        } finally {
            delete(folder);
        }
    }

    private static void run(Path folder, List<Step> steps) throws IOException, SQLException {
        TreeMap<Long, Double> expected = new TreeMap<>();
        Tail tail = new Tail();
        Days days = Days.in(folder);
        DiskArchive archive = new DiskArchive(days, tail);
        Sealer sealer = new Sealer(days, tail, archive, commit -> {}, () -> {});
        long commit = 0;
        for (Step step : steps) {
            tail.add(++commit, List.of(batch(step, expected)));
            if (step.after != After.NOTHING) {
                sealer.seal();
            }
            if (step.after == After.SEAL_AND_COMPUTE) {
                while (sealer.computeTiers(Long.MAX_VALUE)) {
                    // some hours at a time
                }
            }
            if (step.after == After.REOPEN) {
                days.close();
                days = Days.in(folder);
                archive = new DiskArchive(days, tail);
                sealer = new Sealer(days, tail, archive, through -> {}, () -> {});
            }
            isAsExpected(archive, expected);
        }
        sealer.seal();
        while (sealer.computeTiers(Long.MAX_VALUE)) {
            // some hours at a time
        }
        assertThat(days.all())
                .isNotEmpty()
                .allMatch(day -> day.read(0L, DayReader::firstStaleMillis) == Long.MAX_VALUE);
        isAsExpected(archive, expected);
        days.close();
    }

    private static ReadingBatch batch(Step step, Map<Long, Double> expected) {
        ReadingBatch.Builder batch = new ReadingBatch.Builder(step.samples.size());
        for (Sample sample : step.samples) {
            long micros = T0_MILLIS * 1_000 + sample.seconds * 1_000_000L;
            double value = sample.value / 4.0;
            batch.add(GAUGE, micros, value).add(COUNTER, micros, value);
            expected.put(micros, value);
        }
        return batch.build(T0_MILLIS * 1_000 + 7_200_000_000L);
    }

    private static void isAsExpected(DiskArchive archive, NavigableMap<Long, Double> expected) {
        for (Descriptor series : List.of(GAUGE, COUNTER)) {
            assertThat(scan(archive, series, Long.MIN_VALUE / 2, Long.MAX_VALUE / 2))
                    .containsExactlyElementsOf(lines(expected));
            long from = (T0_MILLIS + 1_700_000) * 1_000;
            long until = (T0_MILLIS + 3_000_000) * 1_000;
            assertThat(scan(archive, series, from, until))
                    .containsExactlyElementsOf(lines(expected.subMap(from, true, until, false)));
            for (Archive.Tier tier : Archive.Tier.values()) {
                assertThat(tier(archive, series, tier)).isEqualTo(naive(expected, series, tier));
            }
            assertThat(archive.series(List.of(Selector.parse(series.key().toString())), from, until))
                    .isEqualTo(expected.subMap(from, true, until, false).isEmpty() ? List.of() : List.of(series));
        }
    }

    private static List<String> scan(DiskArchive archive, Descriptor series, long from, long until) {
        List<String> lines = new ArrayList<>();
        archive.scan(series.key(), from, until, (time, value) -> lines.add(time + "=" + value));
        return lines;
    }

    private static List<String> lines(Map<Long, Double> samples) {
        return samples.entrySet().stream()
                .map(sample -> sample.getKey() + "=" + sample.getValue())
                .toList();
    }

    private static Map<Long, Aggregate> tier(DiskArchive archive, Descriptor series, Archive.Tier tier) {
        Map<Long, Aggregate> windows = new TreeMap<>();
        archive.scanTier(series.key(), tier, T0_MILLIS - 86_400_000, T0_MILLIS + 86_400_000, windows::put);
        return windows;
    }

    /** Each window folded from the samples in it; a counter's hour begins at what it read within the 2 minutes before. */
    private static Map<Long, Aggregate> naive(
            NavigableMap<Long, Double> samples, Descriptor series, Archive.Tier tier) {
        Map<Long, Aggregate> windows = new TreeMap<>();
        samples.forEach((micros, value) -> {
            long start = Math.floorDiv(micros / 1_000, tier.lengthMillis()) * tier.lengthMillis();
            Map.Entry<Long, Double> before = samples.lowerEntry(micros);
            long hour = Math.floorDiv(micros, 3_600_000_000L) * 3_600_000_000L;
            boolean follows =
                    series.kind() == Descriptor.Kind.COUNTER && before != null && before.getKey() >= hour - 120_000_000;
            Aggregate one = follows
                    ? Aggregate.following(before.getKey(), before.getValue(), micros, value)
                    : Aggregate.of(micros, value);
            windows.merge(start + tier.lengthMillis(), one, Aggregate::merge);
        });
        return windows;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
