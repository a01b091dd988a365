package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.UpdateWriter;
import io.tidepole.window.Stat;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing updates as JSON: once for each group, however many viewers it has. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodingBenchmark {
    private static final int SERIES = 200;

    private final JsonBytes json = new JsonBytes(8_192);
    private final int[] ids = new int[SERIES];
    private final double[] values = new double[SERIES];
    private UpdateWriter.Template template =
            new UpdateWriter.Template(new Samples(1).descriptor(0), java.util.Optional.empty(), 0, Stat.LAST);
    private long sequence;

    /** New values. */
    @Setup
    public void fill() {
        Samples samples = new Samples(1);
        for (int i = 0; i < SERIES; i++) {
            ids[i] = i + 1;
            values[i] = samples.value();
        }
    }

    /** One flat message. */
    @Benchmark
    public int flat() {
        template.write(json.clear(), values[(int) (sequence++ % SERIES)], 1_760_000_000_000L + sequence);
        return json.size();
    }

    /** One columns message of 200 series, about 2 KB. */
    @Benchmark
    public int columns200() {
        UpdateWriter.beginColumns(json.clear(), sequence++, 1_760_000_000_000L + sequence, 1_760_000_000_000L);
        UpdateWriter.ids(json, ids, SERIES);
        UpdateWriter.values(json, values, SERIES);
        return json.put('}').size();
    }
}
