package io.tidepole.host;

import java.io.IOException;
import java.util.List;

/** Arithmetic over CPU ticks: eight counters per core, in the order of /proc/stat. */
final class CpuTicks {
    static final int COUNT = 8;

    /** What the ticks are shown as; user has nice in it, irq has the soft ones. */
    static final List<String> MODES = List.of("user", "system", "iowait", "irq", "steal", "idle");

    private static final int USER = 0;
    private static final int NICE = 1;
    private static final int SYSTEM = 2;
    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int IRQ = 5;
    private static final int SOFTIRQ = 6;
    private static final int STEAL = 7;
    private static final long[] NOTHING = new long[COUNT];

    private CpuTicks() {}

    /** A reader that failed may answer with zeros; a machine that runs has ticks. */
    static void requireAlive(long[][] cores) throws IOException {
        for (long[] core : cores) {
            if (sum(core) > 0) {
                return;
            }
        }
        throw new IOException("no CPU ticks");
    }

    /**
     * The ticks that passed, all zero after a reset. The kernel says that idle and iowait may go down a little (proc(5));
     * that is no reset.
     */
    static long[] growth(long[] before, long[] now) {
        long[] growth = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            growth[i] = now[i] - before[i];
            if (growth[i] < 0) {
                if (i != IDLE && i != IOWAIT) {
                    return NOTHING;
                }
                growth[i] = 0;
            }
        }
        return growth;
    }

    static void addTo(long[] total, long[] growth) {
        for (int i = 0; i < COUNT; i++) {
            total[i] += growth[i];
        }
    }

    /** The share in which the processor was not free, or not known if no ticks passed. */
    static double busyPercent(long[] growth) {
        return percent(sum(growth) - growth[IDLE] - growth[IOWAIT], growth);
    }

    /** The shares in the order of {@link #MODES}; together they are 100. */
    static double[] modePercents(long[] growth) {
        return new double[] {
            percent(growth[USER] + growth[NICE], growth),
            percent(growth[SYSTEM], growth),
            percent(growth[IOWAIT], growth),
            percent(growth[IRQ] + growth[SOFTIRQ], growth),
            percent(growth[STEAL], growth),
            percent(growth[IDLE], growth)
        };
    }

    private static double percent(long part, long[] growth) {
        long total = sum(growth);
        return total == 0 ? Double.NaN : 100.0 * part / total;
    }

    private static long sum(long[] ticks) {
        long sum = 0;
        for (long count : ticks) {
            sum += count;
        }
        return sum;
    }
}
