package io.tidepole.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ChunkCodecTest {
    private static final long T0 = 1_760_000_000_000_000L;

    private static void isTheSame(Columns decoded, Columns run) {
        assertThat(decoded.timesMicros()).isEqualTo(run.timesMicros());
        assertThat(bits(decoded)).isEqualTo(bits(run));
    }

    private static long[] bits(Columns run) {
        long[] bits = new long[run.size()];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(run.value(i));
        }
        return bits;
    }

    private static Columns run(SortedSet<Long> times, List<Long> bits) {
        int size = Math.min(times.size(), bits.size());
        long[] column = times.stream().limit(size).mapToLong(time -> time).toArray();
        double[] values =
                bits.stream().limit(size).mapToDouble(Double::longBitsToDouble).toArray();
        return Columns.ofSorted(column, values);
    }

    @Property
    void chunk_ofAnyTimesAndAnyBits_isBitExact(
            @ForAll @Size(max = 200) List<Long> times, @ForAll @Size(max = 200) List<Long> bits) {
        Columns run = run(new TreeSet<>(times), bits);

        isTheSame(ChunkCodec.decode(ChunkCodec.encode(run)), run);
    }

    @Property
    void chunk_ofWhatSensorsSend_isBitExact(@ForAll("sensors") List<Double> values, @ForAll Random random) {
        long[] times = new long[values.size()];
        long time = T0;
        for (int i = 0; i < times.length; i++) {
            times[i] = time;
            time += 1 + random.nextInt(2_000_000);
        }
        Columns run = Columns.ofSorted(
                times, values.stream().mapToDouble(value -> value).toArray());

        isTheSame(ChunkCodec.decode(ChunkCodec.encode(run)), run);
    }

    @Provide
    Arbitrary<List<Double>> sensors() {
        Arbitrary<Double> extremes = Arbitraries.of(
                0.0,
                -0.0,
                Double.NaN,
                Double.longBitsToDouble(0x7ff0_0000_0000_0001L),
                Double.longBitsToDouble(0xfff8_dead_beef_0001L),
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                Double.MIN_NORMAL,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                0x1p53,
                0x1p53 + 2,
                -0x1p53,
                0.1 + 0.2);
        Arbitrary<Double> decimals =
                Arbitraries.integers().between(-100_000, 100_000).map(whole -> whole / 100.0);
        return Arbitraries.oneOf(
                decimals.list().ofMaxSize(300),
                Arbitraries.oneOf(decimals, extremes).list().ofMaxSize(100),
                Arbitraries.doubles().list().ofMaxSize(100));
    }

    @Test
    void chunk_ofADecimalSensorAtOneHertz_takesLessThanThreeBytesASample() {
        Random random = new Random(1);
        long[] times = new long[120];
        double[] values = new double[120];
        double level = 2_150;
        for (int i = 0; i < times.length; i++) {
            level += random.nextGaussian() * 10;
            times[i] = T0 + i * 1_000_000L + random.nextInt(20) * 1_000L;
            values[i] = Math.round(level) / 100.0;
        }

        assertThat(ChunkCodec.encode(Columns.ofSorted(times, values)).length / 120.0)
                .isLessThan(2.5);
    }

    @Test
    void chunk_withAnyByteChanged_isDamaged() {
        byte[] data =
                ChunkCodec.encode(Columns.ofSorted(new long[] {T0, T0 + 1_000, T0 + 2_000}, new double[] {1, 2, 3}));
        for (int i = 0; i < data.length; i++) {
            byte[] changed = data.clone();
            changed[i] ^= 0x10;
            assertThatThrownBy(() -> ChunkCodec.decode(changed)).isInstanceOf(DamagedException.class);
        }
    }

    @Property
    void chunk_ofArbitraryBytes_isDamagedAndNothingElse(@ForAll byte[] data) {
        assertThatThrownBy(() -> ChunkCodec.decode(ChunkCodec.sealed(notAVersion(data))))
                .isInstanceOf(DamagedException.class);
    }

    /** A version and a size that are good, and then anything. */
    private static byte[] notAVersion(byte[] data) {
        byte[] bytes = new byte[data.length + 3];
        System.arraycopy(data, 0, bytes, 3, data.length);
        bytes[0] = 0x10;
        bytes[1] = 0x28;
        bytes[2] = (byte) 0xff;
        return bytes;
    }

    @Property
    void run_ofSamplesInAnyOrder_isSortedAndTheLastOfATimeCounts(@ForAll @Size(max = 100) List<Byte> times) {
        java.util.TreeMap<Long, Double> expected = new java.util.TreeMap<>();
        long[] column = new long[times.size()];
        double[] values = new double[times.size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = times.get(i);
            values[i] = i;
            expected.put(column[i], values[i]);
        }
        Columns run = Columns.of(column, values, column.length);

        assertThat(run.timesMicros()).containsExactly(expected.keySet().toArray(Long[]::new));
        assertThat(run.values()).containsExactly(expected.values().toArray(Double[]::new));
    }
}
