package io.tidepole.host;

/**
 * One process at one moment.
 *
 * @param pid its number
 * @param command its name, as the system has it
 * @param user who runs it; empty if not known
 * @param cpuPercent of one core, since the snapshot before
 * @param memoryBytes resident
 */
public record ProcessEntry(int pid, String command, String user, double cpuPercent, long memoryBytes) {
    public ProcessEntry {
        if (!(cpuPercent >= 0) || memoryBytes < 0) {
            throw new IllegalArgumentException("a process uses something or nothing, not less: " + pid);
        }
    }
}
