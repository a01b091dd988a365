package io.tidepole.history;

import io.tidepole.metric.ReadingBatch;
import io.tidepole.window.EventTime;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What is committed together as bytes: a version, how many readings, then of each reading the number of its series, its
 * time as the difference from the one before, and its value; then a checksum. Numbers are LEB128.
 */
final class GroupCodec {
    private static final int VERSION = 1;
    /** At most 5 bytes for the series, 10 for the time, 8 for the value. */
    private static final int MAX_READING_BYTES = 23;

    private static final int HEADER_BYTES = 6;

    private GroupCodec() {}

    /** Takes what is decoded. */
    @FunctionalInterface
    interface Visitor {
        void reading(int series, long timeMicros, double value);
    }

    /** Encodes batches in order of receipt, with the number of each reading's series. */
    static byte[] encode(List<ReadingBatch> batches, int[] numbers) {
        ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES + numbers.length * MAX_READING_BYTES);
        out.put((byte) VERSION);
        number(out, numbers.length);
        int next = 0;
        long before = 0;
        for (ReadingBatch batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                long time = EventTime.effectiveMicros(batch.timeMicros(i), batch.receivedMicros());
                number(out, numbers[next++]);
                number(out, ZigZag.fold(time - before));
                out.putDouble(batch.value(i));
                before = time;
            }
        }
        return ChunkCodec.sealed(Arrays.copyOf(out.array(), out.position()));
    }

    private static void number(ByteBuffer out, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    /** Throws {@link DamagedException}. */
    static void decode(byte[] data, Visitor visitor) {
        ByteBuffer in = ByteBuffer.wrap(ChunkCodec.checked(data));
        try {
            if (in.get() != VERSION) {
                throw new DamagedException("not a group of version " + VERSION);
            }
            long readings = number(in);
            long time = 0;
            for (long i = 0; i < readings; i++) {
                int series = (int) number(in);
                time += ZigZag.unfold(number(in));
                visitor.reading(series, time, in.getDouble());
            }
        } catch (BufferUnderflowException e) {
            throw new DamagedException("it ends too early");
        }
    }

    private static long number(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new DamagedException("a number of more than 64 bits");
    }
}
