package io.tidepole.host;

import java.io.IOException;

/** Memory and swap in bytes. Not known is NaN. */
record MemoryFigures(double total, double available, double cached, double buffers, double swapTotal, double swapFree) {
    MemoryFigures {
        if (!(total > 0)) {
            throw new IllegalArgumentException("a machine has memory, not " + total);
        }
    }

    /**
     * From /proc/meminfo. Cached is what could be given back: page cache and reclaimable slab, without the shared memory
     * that the kernel counts in.
     */
    static MemoryFigures parse(String meminfo) throws IOException {
        double free = bytes(meminfo, "MemFree:");
        double buffers = bytes(meminfo, "Buffers:");
        double cached =
                bytes(meminfo, "Cached:") + orZero(bytes(meminfo, "SReclaimable:")) - orZero(bytes(meminfo, "Shmem:"));
        double available = bytes(meminfo, "MemAvailable:");
        return new MemoryFigures(
                bytes(meminfo, "MemTotal:"),
                Double.isNaN(available) ? free + buffers + cached : available,
                Math.max(0, cached),
                buffers,
                bytes(meminfo, "SwapTotal:"),
                bytes(meminfo, "SwapFree:"));
    }

    /** What cannot be had without taking it from somebody. */
    double used() {
        return total - available;
    }

    double usagePercent() {
        return 100 * used() / total;
    }

    double swapUsed() {
        return swapTotal - swapFree;
    }

    /** Not known where there is no swap. */
    double swapUsagePercent() {
        return 100 * swapUsed() / swapTotal;
    }

    private static double bytes(String meminfo, String key) throws IOException {
        int at = meminfo.startsWith(key) ? 0 : meminfo.indexOf('\n' + key) + 1;
        if (at == 0 && !meminfo.startsWith(key)) {
            return Double.NaN;
        }
        return new Words(meminfo, at + key.length()).number() * 1024.0;
    }

    private static double orZero(double bytes) {
        return Double.isNaN(bytes) ? 0 : bytes;
    }
}
