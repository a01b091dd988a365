package io.tidepole.history;

import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * Samples as bytes: a version, what times are counted in, how many there are, and a column of times and one of values; then a
 * checksum. {@code docs/history.md} has the layout bit by bit.
 */
final class ChunkCodec {
    private static final int VERSION = 1;
    private static final int CHECK_BYTES = 4;
    /** More than any chunk has; a greater number is damage. */
    private static final int MAX_SAMPLES = 1 << 20;

    private static final long[] TIME_UNITS_MICROS = {1, 1_000, 1_000_000};

    private ChunkCodec() {}

    static byte[] encode(Columns run) {
        int size = run.size();
        BitWriter out = new BitWriter(16 + size * 3);
        int unit = unit(run.timesMicros());
        out.put(VERSION, 4);
        out.put(unit, 4);
        out.putNumber(size);
        long[] times = run.timesMicros().clone();
        for (int i = 0; i < size; i++) {
            times[i] /= TIME_UNITS_MICROS[unit];
        }
        LongColumn.write(out, times, size);
        DoubleColumn.write(out, run.values(), size);
        return sealed(out.toByteArray());
    }

    private static int unit(long[] timesMicros) {
        for (int unit = TIME_UNITS_MICROS.length - 1; unit > 0; unit--) {
            long micros = TIME_UNITS_MICROS[unit];
            if (Arrays.stream(timesMicros).allMatch(time -> time % micros == 0)) {
                return unit;
            }
        }
        return 0;
    }

    /** Throws {@link DamagedException}. */
    static Columns decode(byte[] data) {
        BitReader in = new BitReader(checked(data), 0);
        int version = (int) in.get(4);
        int unit = (int) in.get(4);
        long samples = in.getNumber();
        if (version != VERSION || samples < 0 || samples > MAX_SAMPLES || unit >= TIME_UNITS_MICROS.length) {
            throw new DamagedException("not a chunk of version " + VERSION);
        }
        int size = (int) samples;
        long[] times = LongColumn.read(in, size);
        for (int i = 0; i < size; i++) {
            times[i] *= TIME_UNITS_MICROS[unit];
        }
        return Columns.ofSorted(times, DoubleColumn.read(in, size));
    }

    /** The bytes with their checksum behind them. */
    static byte[] sealed(byte[] data) {
        byte[] sealed = Arrays.copyOf(data, data.length + CHECK_BYTES);
        int check = check(data, data.length);
        for (int i = 0; i < CHECK_BYTES; i++) {
            sealed[data.length + i] = (byte) (check >>> (24 - 8 * i));
        }
        return sealed;
    }

    /** The bytes before their checksum, if it is right; else throws {@link DamagedException}. */
    static byte[] checked(byte[] sealed) {
        int length = sealed.length - CHECK_BYTES;
        if (length < 0) {
            throw new DamagedException("too short");
        }
        int check = 0;
        for (int i = 0; i < CHECK_BYTES; i++) {
            check = (check << 8) | (sealed[length + i] & 255);
        }
        if (check != check(sealed, length)) {
            throw new DamagedException("the checksum does not fit");
        }
        return Arrays.copyOf(sealed, length);
    }

    private static int check(byte[] data, int length) {
        CRC32 crc = new CRC32();
        crc.update(data, 0, length);
        return (int) crc.getValue();
    }
}
