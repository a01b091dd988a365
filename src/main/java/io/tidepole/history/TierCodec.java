package io.tidepole.history;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Distribution;
import java.util.Map;
import java.util.TreeMap;

/**
 * The minutes of one hour of a series as bytes: a version, how many, and a column for each figure; then a checksum.
 * Times count from the start of their minute.
 */
final class TierCodec {
    private static final int VERSION = 1;
    private static final long MINUTE_MICROS = 60_000_000;
    private static final int MAX_MINUTES = 60;

    private TierCodec() {}

    /** Minutes by their start in microseconds, all of them within the hour that starts at this time. */
    static byte[] encode(long hourMicros, Map<Long, Aggregate> minutes) {
        int size = minutes.size();
        long[] starts = minutes.keySet().stream().mapToLong(start -> start).toArray();
        Aggregate[] windows = minutes.values().toArray(new Aggregate[0]);
        BitWriter out = new BitWriter(size * 24);
        out.put(VERSION, 8);
        out.put(size, 8);
        writeLongs(out, size, i -> (starts[i] - hourMicros) / MINUTE_MICROS);
        writeLongs(out, size, i -> windows[i].count());
        writeLongs(out, size, i -> windows[i].firstMicros() - starts[i]);
        writeLongs(out, size, i -> windows[i].lastMicros() - starts[i]);
        writeLongs(out, size, i -> windows[i].sinceMicros() - windows[i].firstMicros());
        writeDoubles(out, size, i -> windows[i].min());
        writeDoubles(out, size, i -> windows[i].max());
        writeDoubles(out, size, i -> windows[i].sum());
        writeDoubles(out, size, i -> windows[i].first());
        writeDoubles(out, size, i -> windows[i].last());
        writeDoubles(out, size, i -> windows[i].increase());
        return ChunkCodec.sealed(out.toByteArray());
    }

    private static void writeLongs(BitWriter out, int size, java.util.function.IntToLongFunction figure) {
        long[] column = new long[size];
        java.util.Arrays.setAll(column, figure);
        LongColumn.write(out, column, size);
    }

    private static void writeDoubles(BitWriter out, int size, java.util.function.IntToDoubleFunction figure) {
        double[] column = new double[size];
        java.util.Arrays.setAll(column, figure);
        DoubleColumn.write(out, column, size);
    }

    /** Minutes by their start. Throws {@link DamagedException}. */
    static Map<Long, Aggregate> decode(long hourMicros, byte[] data) {
        BitReader in = new BitReader(ChunkCodec.checked(data), 0);
        int version = (int) in.get(8);
        int size = (int) in.get(8);
        if (version != VERSION || size > MAX_MINUTES) {
            throw new DamagedException("not the minutes of an hour, version " + VERSION);
        }
        long[] starts = LongColumn.read(in, size);
        long[] counts = LongColumn.read(in, size);
        long[] firsts = LongColumn.read(in, size);
        long[] lasts = LongColumn.read(in, size);
        long[] since = LongColumn.read(in, size);
        double[] min = DoubleColumn.read(in, size);
        double[] max = DoubleColumn.read(in, size);
        double[] sum = DoubleColumn.read(in, size);
        double[] first = DoubleColumn.read(in, size);
        double[] last = DoubleColumn.read(in, size);
        double[] increase = DoubleColumn.read(in, size);
        Map<Long, Aggregate> minutes = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            long start = hourMicros + starts[i] * MINUTE_MICROS;
            minutes.put(
                    start,
                    new Aggregate(
                            counts[i],
                            min[i],
                            max[i],
                            sum[i],
                            start + firsts[i],
                            first[i],
                            start + lasts[i],
                            last[i],
                            start + firsts[i] + since[i],
                            increase[i],
                            Distribution.NONE));
        }
        return minutes;
    }
}
