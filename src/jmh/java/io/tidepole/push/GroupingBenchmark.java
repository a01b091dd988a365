package io.tidepole.push;

import io.tidepole.metric.ReadingBatch;
import io.tidepole.window.Tick;
import java.util.List;
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

/** From a tick or a batch to encoded bundles of all groups, deflated. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GroupingBenchmark {
    private static final int MESSAGES = 64;

    /** In each tick and batch. */
    @Param({"1", "200"})
    public int series;

    private final Tick[] ticks = new Tick[MESSAGES];
    private final ReadingBatch[] batches = new ReadingBatch[MESSAGES];
    private final long[] bytes = new long[1];
    private Groups windowed = groups(1_000);
    private Groups every = groups(0);
    private int next;

    private Groups groups(int intervalMillis) {
        Groups groups = new Groups(new Deflaters(true, 3, 16, 20), 10_000, item -> {
            if (item instanceof Encoded.Bundle bundle) {
                bytes[0] += bundle.shared().length;
            }
        });
        Shape shape = intervalMillis == 0 ? Shape.FLAT : Shape.COLUMNS;
        Spec spec = Samples.spec(intervalMillis);
        groups.command(
                new Command.Place(
                        new Seat(null, null, shape, Compression.SHARED),
                        List.of(spec),
                        new Command.Request.Subscribed("1", 1, spec)),
                0);
        return groups;
    }

    /** One group in columns by the second, one flat with every reading. */
    @Setup
    public void fill() {
        Samples samples = new Samples(series);
        for (int i = 0; i < MESSAGES; i++) {
            ticks[i] = samples.tick();
            batches[i] = samples.batch();
        }
        windowed = groups(1_000);
        every = groups(0);
    }

    /** A window that closed, for one group in columns. */
    @Benchmark
    public long tick() {
        windowed.tick(ticks[next++ % MESSAGES]);
        return bytes[0];
    }

    /** A batch of readings, for one group with flat messages. */
    @Benchmark
    public long readings() {
        every.readings(List.of(batches[next++ % MESSAGES]));
        return bytes[0];
    }
}
