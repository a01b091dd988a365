package io.tidepole.host;

import java.util.List;

/**
 * The processes that matter: the top by CPU and the top by memory, the busiest first.
 *
 * @param timeMillis when, milliseconds since the epoch; 0 if there is none yet
 * @param count of all processes
 * @param processes those that matter
 */
public record ProcessSnapshot(long timeMillis, int count, List<ProcessEntry> processes) {
    /** Before the first look. */
    public static final ProcessSnapshot NONE = new ProcessSnapshot(0, 0, List.of());

    public ProcessSnapshot {
        processes = List.copyOf(processes);
    }
}
