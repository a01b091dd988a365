package io.tidepole.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

final class SamplingTest {
    private static final Rhythm SECOND = Rhythm.inWindowsOf(1000);

    private final List<ReadingBatch> batches = new ArrayList<>();
    private final Deque<Runnable> aside = new ArrayDeque<>();
    private long wallMicros = 1_760_000_000_100_000L;
    private long nanos = 5_000_000_000L;

    @Test
    void samples_afterTheFirst_comeAtThreeQuartersOfEachWindow() {
        Sampling sampling = sampling(quick("a", SECOND));
        runUntil(sampling, 1_760_000_003_000_000L);
        assertThat(times())
                .containsExactly(
                        1_760_000_000_100_000L, 1_760_000_000_750_000L, 1_760_000_001_750_000L, 1_760_000_002_750_000L);
    }

    @Test
    void samples_startedRightBeforeTheBeat_waitForTheNextOne() {
        wallMicros = 1_760_000_000_700_000L;
        Sampling sampling = sampling(quick("a", SECOND));
        runUntil(sampling, 1_760_000_002_000_000L);
        assertThat(times()).containsExactly(1_760_000_000_700_000L, 1_760_000_001_750_000L);
    }

    @Test
    void samples_threadWasHeldUp_skipWhatWasMissedAndComeBackToTheirPlace() {
        Sampling sampling = sampling(quick("a", SECOND));
        runUntil(sampling, 1_760_000_001_000_000L);
        pass(4_130_000);
        sampling.runDue();
        assertThat(times()).endsWith(1_760_000_000_750_000L, wallMicros);
        assertThat(sampling.waitMicros()).isEqualTo(1_760_000_006_750_000L - wallMicros);
    }

    @Test
    void samples_clockSetBack_goOnAtTheNextBeat() {
        Sampling sampling = sampling(quick("a", SECOND));
        sampling.runDue();
        wallMicros -= 3_600_000_000L;
        assertThat(sampling.waitMicros()).isLessThanOrEqualTo(1_500_000L);
        long before = wallMicros;
        runUntil(sampling, before + 3_000_000);
        assertThat(batches).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void samples_clockSetForward_goOnAtItsBeat() {
        Sampling sampling = sampling(quick("a", SECOND));
        sampling.runDue();
        wallMicros += 3_600_000_000L;
        sampling.runDue();
        assertThat(sampling.waitMicros()).isEqualTo(650_000);
    }

    @Test
    void slowRhythm_besideAQuickOne_comesAtTheSecondBeatAndThenInItsTurn() {
        wallMicros = 1_760_000_000_100_000L;
        Sampling sampling = sampling(quick("a", SECOND), quick("b", SECOND.every(5000, 2)));
        runUntil(sampling, 1_760_000_013_000_000L);
        assertThat(timesOf("b"))
                .containsExactly(
                        1_760_000_000_100_000L, 1_760_000_000_750_000L, 1_760_000_007_750_000L, 1_760_000_012_750_000L);
    }

    @Test
    void quickProbes_dueTogether_makeOneBatch() {
        Sampling sampling = sampling(quick("a", SECOND), quick("b", SECOND));
        sampling.runDue();
        assertThat(batches).hasSize(1);
        assertThat(Found.in(batches.get(0))).containsOnlyKeys("a", "b");
    }

    @Test
    void failingProbe_leavesNothingBehindAndTheOthersAlone() {
        Sampling sampling = sampling(
                ProbeSlot.quick("broken", SECOND, (time, sample) -> {
                    sample.add(series("half"), 1);
                    throw new IOException("no");
                }),
                quick("a", SECOND));
        sampling.runDue();
        assertThat(Found.in(batches.get(0))).containsOnlyKeys("a");
        assertThat(sampling.failures()).isEqualTo(Map.of("broken", 1L));
    }

    @Test
    void failingProbe_isTriedAgainWithGrowingPauses() {
        List<Long> tries = new ArrayList<>();
        long start = wallMicros;
        Sampling sampling = sampling(ProbeSlot.quick("broken", SECOND, (time, sample) -> {
            tries.add((wallMicros - start) / 1_000_000);
            throw new IllegalStateException("no");
        }));
        runUntil(sampling, start + 70_000_000);
        assertThat(tries).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L);
    }

    @Test
    void failingProbe_worksAgain_isBackAtItsRhythm() {
        boolean[] broken = {true};
        Sampling sampling = sampling(ProbeSlot.quick("a", SECOND, (time, sample) -> {
            if (broken[0]) {
                throw new IOException("no");
            }
            sample.add(series("a"), 1);
        }));
        sampling.runDue();
        broken[0] = false;
        runUntil(sampling, 1_760_000_005_000_000L);
        assertThat(times())
                .containsExactly(
                        1_760_000_001_750_000L, 1_760_000_002_750_000L, 1_760_000_003_750_000L, 1_760_000_004_750_000L);
    }

    @Test
    void hangingProbe_leavesTheOthersAloneAndIsNotStartedTwice() {
        Sampling sampling = sampling(aside("stuck"), aside("fine"), quick("a", SECOND));
        runUntil(sampling, 1_760_000_000_750_000L);
        sampling.runDue();
        Runnable stuck = aside.removeFirst();
        aside.removeFirst().run();
        for (int second = 0; second < 40; second++) {
            pass(1_000_000);
            sampling.runDue();
            assertThat(aside).hasSize(1);
            aside.removeFirst().run();
        }
        assertThat(timesOf("a")).hasSize(42);
        assertThat(timesOf("fine")).hasSize(41);
        assertThat(timesOf("stuck")).isEmpty();
        assertThat(sampling.failures()).isEqualTo(Map.of("stuck", 1L));
        stuck.run();
        assertThat(timesOf("stuck")).containsExactly(wallMicros);
    }

    @Test
    void asideProbe_atTheStart_waitsForTheFirstBeat() {
        Sampling sampling = sampling(aside("b"), quick("a", SECOND));
        sampling.runDue();
        assertThat(aside).isEmpty();
        pass(sampling.waitMicros());
        sampling.runDue();
        assertThat(wallMicros).isEqualTo(1_760_000_000_750_000L);
        assertThat(aside).hasSize(1);
    }

    @Test
    void asideProbe_answersLater_hasABatchOfItsOwnWithItsTime() {
        Sampling sampling = sampling(aside("slow"), quick("a", SECOND));
        runUntil(sampling, 1_760_000_000_750_000L);
        sampling.runDue();
        pass(40_000);
        aside.removeFirst().run();
        assertThat(batches).hasSize(3);
        assertThat(timesOf("slow")).containsExactly(wallMicros);
    }

    @Test
    void asideProbe_noThreadToHave_isTriedAtTheNextBeat() {
        boolean[] full = {true};
        Sampling sampling = new Sampling(
                List.of(aside("b")),
                SECOND,
                task -> {
                    if (full[0]) {
                        throw new RejectedExecutionException();
                    }
                    task.run();
                },
                batches::add,
                () -> wallMicros,
                () -> nanos);
        runUntil(sampling, 1_760_000_001_000_000L);
        full[0] = false;
        runUntil(sampling, 1_760_000_002_000_000L);
        assertThat(times()).containsExactly(1_760_000_001_750_000L);
    }

    @Test
    void consumer_fails_costsOneBatch() {
        boolean[] broken = {true};
        Sampling sampling = new Sampling(
                List.of(quick("a", SECOND)),
                SECOND,
                aside::add,
                batch -> {
                    if (broken[0]) {
                        throw new IllegalStateException("no");
                    }
                    batches.add(batch);
                },
                () -> wallMicros,
                () -> nanos);
        sampling.runDue();
        broken[0] = false;
        runUntil(sampling, 1_760_000_001_000_000L);
        assertThat(times()).containsExactly(1_760_000_000_750_000L);
    }

    @Test
    void sample_valueNotKnown_isLeftOut() {
        Sampling sampling = sampling(ProbeSlot.quick("a", SECOND, (time, sample) -> {
            sample.add(series("nothing"), Double.NaN);
            sample.add(series("endless"), Double.POSITIVE_INFINITY);
        }));
        sampling.runDue();
        assertThat(batches).isEmpty();
    }

    private Sampling sampling(ProbeSlot... slots) {
        return new Sampling(List.of(slots), SECOND, aside::add, batches::add, () -> wallMicros, () -> nanos);
    }

    private void runUntil(Sampling sampling, long untilMicros) {
        while (wallMicros < untilMicros) {
            sampling.runDue();
            pass(sampling.waitMicros());
        }
    }

    private void pass(long micros) {
        wallMicros += micros;
        nanos += micros * 1000;
    }

    private static ProbeSlot quick(String name, Rhythm rhythm) {
        return ProbeSlot.quick(name, rhythm, (time, sample) -> sample.add(series(name), 1));
    }

    private static ProbeSlot aside(String name) {
        return ProbeSlot.aside(name, SECOND, (time, sample) -> sample.add(series(name), 1));
    }

    private static Descriptor series(String metric) {
        return Found.SERIES.of(metric, Unit.ONE);
    }

    private List<Long> times() {
        return batches.stream().map(ReadingBatch::receivedMicros).toList();
    }

    private List<Long> timesOf(String metric) {
        return batches.stream()
                .filter(batch -> Found.in(batch).containsKey(metric))
                .map(batch -> batch.timeMicros(0))
                .toList();
    }
}
