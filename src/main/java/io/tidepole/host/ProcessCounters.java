package io.tidepole.host;

import java.io.IOException;

/**
 * One process, as its counters stand.
 *
 * @param started with the pid the identity, as pids are used again; in any unit
 * @param cpuMillis in all
 * @param memoryBytes resident
 */
record ProcessCounters(int pid, long started, String command, long cpuMillis, long memoryBytes) {
    /** The kernel tells times in hundredths of a second, whatever it counts in itself (time(7), USER_HZ). */
    private static final long MILLIS_PER_TICK = 10;

    /**
     * From /proc/PID/stat. The name stands in brackets and may hold blanks and brackets itself.
     *
     * @param pageBytes the size of a page of memory
     */
    static ProcessCounters parse(String stat, long pageBytes) throws IOException {
        int open = stat.indexOf('(');
        int close = stat.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IOException("not the state of a process: " + stat);
        }
        int pid = (int) new Words(stat).number();
        Words words = new Words(stat, close + 1).skip(11);
        long ticks = words.number() + words.number();
        long started = words.skip(6).number();
        long pages = words.skip(1).number();
        return new ProcessCounters(
                pid, started, stat.substring(open + 1, close), ticks * MILLIS_PER_TICK, pages * pageBytes);
    }
}
