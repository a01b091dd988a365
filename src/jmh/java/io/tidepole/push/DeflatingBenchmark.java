package io.tidepole.push;

import io.tidepole.protocol.JsonBytes;
import io.tidepole.protocol.UpdateWriter;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Deflating one columns message of 200 series, with a window that is kept and with one that is emptied each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DeflatingBenchmark {
    private static final int SERIES = 200;
    private static final int MESSAGES = 64;

    /** Of the deflater. */
    @Param({"1", "3", "6"})
    public int level;

    private final byte[][] messages = new byte[MESSAGES][];
    private final JsonBytes out = new JsonBytes(8_192);
    private SharedWindow window = new SharedWindow(1, 3, 20);
    private Alone alone = new Alone(3);
    private int next;

    /** Messages that differ in their values. */
    @Setup
    public void fill() {
        close();
        window = new SharedWindow(1, level, 20);
        alone = new Alone(level);
        Samples samples = new Samples(1);
        for (int m = 0; m < MESSAGES; m++) {
            JsonBytes json = new JsonBytes(4_096);
            int[] ids = new int[SERIES];
            double[] values = new double[SERIES];
            for (int i = 0; i < SERIES; i++) {
                ids[i] = i + 1;
                values[i] = samples.value();
            }
            UpdateWriter.beginColumns(json, m, 1_760_000_000_000L + m * 1_000L, 1_760_000_000_000L);
            UpdateWriter.ids(json, ids, SERIES);
            UpdateWriter.values(json, values, SERIES);
            messages[m] = json.put('}').toByteArray();
        }
    }

    @TearDown
    public void close() {
        window.close();
        alone.close();
    }

    /** As a group does it. */
    @Benchmark
    public int shared() {
        byte[] message = messages[next++ % MESSAGES];
        window.beginBundle();
        window.write(out.clear(), message, 0, message.length);
        return out.size();
    }

    /** As it is done for viewers that keep no window. */
    @Benchmark
    public int alone() {
        byte[] message = messages[next++ % MESSAGES];
        alone.write(out.clear(), message, 0, message.length);
        return out.size();
    }
}
