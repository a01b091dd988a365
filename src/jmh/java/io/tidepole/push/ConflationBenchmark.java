package io.tidepole.push;

import io.tidepole.window.Aggregate;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Viewers that are behind: what each bundle costs them, and what their catch-up costs. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConflationBenchmark {
    private static final int SERIES = 200;
    private static final int KEPT_MILLIS = 60_000;

    /** Windows of a second that were missed. */
    @Param({"1", "10", "60"})
    public int missed;

    private final BitSet dirty = new BitSet();
    private final Recents full = new Recents(KEPT_MILLIS);
    private Recents growing = new Recents(KEPT_MILLIS);
    private FrameData data = FrameData.NONE;
    private long number;

    /** A minute at most of windows with all series. */
    @Setup
    public void fill() {
        Samples samples = new Samples(1);
        int[] places = new int[SERIES];
        Aggregate[] aggregates = new Aggregate[SERIES];
        for (int i = 0; i < SERIES; i++) {
            places[i] = i;
            aggregates[i] = Aggregate.of(1_760_000_000_000_000L, samples.value());
        }
        data = new FrameData(1_760_000_000_000L, 1_760_000_000_000L, 1, true, places, aggregates);
        for (int i = 1; i <= missed; i++) {
            full.record(i, data, i * 1_000L);
        }
        dirty.set(0, SERIES);
    }

    /** What each viewer that is behind does with a bundle. */
    @Benchmark
    public int mark() {
        BitSet marks = new BitSet();
        for (int place : data.slots()) {
            marks.set(place);
        }
        return marks.length();
    }

    /** What all viewers that are behind share. */
    @Benchmark
    public Recents record() {
        number++;
        growing.record(number, data, number * 1_000);
        return growing;
    }

    /** What a viewer is told when it takes data again. */
    @Benchmark
    public Object gather() {
        return full.gather(0, dirty);
    }
}
