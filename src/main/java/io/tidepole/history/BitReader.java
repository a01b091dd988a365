package io.tidepole.history;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads what {@link BitWriter} wrote. Throws {@link DamagedException} past the end. */
final class BitReader {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    /** Bits that one look is sure to see, wherever it begins in its byte. */
    private static final int SEEN_BITS = 57;

    private final byte[] bytes;
    private final long limit;
    private long at;

    /** Reads from an offset in bytes. */
    BitReader(byte[] data, int offset) {
        bytes = Arrays.copyOf(data, data.length + Long.BYTES);
        limit = data.length * 8L;
        at = offset * 8L;
    }

    private long look() {
        if (at > limit) {
            throw new DamagedException("it ends too early");
        }
        return (long) LONGS.get(bytes, (int) (at >>> 3)) << (at & 7);
    }

    /** The next 0 to 64 bits. */
    long get(int count) {
        if (count > SEEN_BITS) {
            return (get(count - 32) << 32) | get(32);
        }
        if (count == 0) {
            return 0;
        }
        long value = look() >>> (64 - count);
        at += count;
        return value;
    }

    long getNumber() {
        int width = (int) get(7);
        if (width > 64) {
            throw new DamagedException("a number of " + width + " bits");
        }
        return ZigZag.unfold(get(width));
    }

    /** How many ones come before a zero; at most so many are read, and then there is no zero. */
    int getOnes(int most) {
        int ones = Math.min(most, Long.numberOfLeadingZeros(~look()));
        at += ones == most ? ones : ones + 1;
        return ones;
    }
}
