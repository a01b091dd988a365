package io.tidepole.host;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The counters of one whole disk since it came. Negative is not known.
 *
 * @param waitMillis that all operations took together, modulo 2^32
 * @param busyMillis during which at least one operation was under way, modulo 2^32
 */
record DiskCounters(
        String name, long reads, long readBytes, long writes, long writtenBytes, long waitMillis, long busyMillis) {
    /** The kernel counts in these, whatever the disk does (Documentation/admin-guide/iostats.rst). */
    private static final long SECTOR_BYTES = 512;

    /** Times are 32-bit counters, and so is their sum modulo 2^32. */
    private static final long MASK_32 = 0xFFFF_FFFFL;

    /** From /proc/diskstats, of those devices that are wanted. */
    static List<DiskCounters> parse(String diskstats, Predicate<String> wanted) throws IOException {
        List<DiskCounters> disks = new ArrayList<>();
        for (String line : (Iterable<String>) diskstats.lines()::iterator) {
            Words words = new Words(line).skip(2);
            String name = words.next();
            if (wanted.test(name)) {
                disks.add(parse(name, words));
            }
        }
        return disks;
    }

    private static DiskCounters parse(String name, Words words) throws IOException {
        long reads = words.number();
        long readSectors = words.skip(1).number();
        long readMillis = words.number();
        long writes = words.number();
        long writtenSectors = words.skip(1).number();
        long writeMillis = words.number();
        long busyMillis = words.skip(1).number();
        return new DiskCounters(
                name,
                reads,
                readSectors * SECTOR_BYTES,
                writes,
                writtenSectors * SECTOR_BYTES,
                (readMillis + writeMillis) & MASK_32,
                busyMillis);
    }
}
