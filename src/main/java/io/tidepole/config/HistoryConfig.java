package io.tidepole.config;

import java.time.Duration;

/**
 * The past.
 *
 * @param memoryBytes the budget of the ring that holds the recent past at full resolution
 * @param durability when a reading is acknowledged
 * @param retention how long readings are kept on disk, by the time at which they were measured
 * @param maxDiskBytes what the files may take; the oldest day goes first
 * @param commitDelay how long the first reading of a commit waits for others
 * @param maxWaiting readings that may wait for the disk; beyond it they are refused
 * @param threads that answer questions
 * @param maxQuestions that may be asked at a time, with those that wait for a thread
 */
public record HistoryConfig(
        long memoryBytes,
        Durability durability,
        Duration retention,
        long maxDiskBytes,
        Duration commitDelay,
        int maxWaiting,
        int threads,
        int maxQuestions) {
    /** When a reading is acknowledged. */
    public enum Durability {
        /** When it is on disk. */
        COMMIT,
        /** At once; nothing is written. */
        MEMORY
    }

    public HistoryConfig {
        Keys.HISTORY_MEMORY.require(memoryBytes);
        Keys.HISTORY_DURABILITY.require(durability);
        Keys.HISTORY_RETENTION.require(retention);
        Keys.HISTORY_MAX_DISK.require(maxDiskBytes);
        Keys.HISTORY_COMMIT_DELAY.require(commitDelay);
        Keys.HISTORY_MAX_WAITING.require(maxWaiting);
        Keys.HISTORY_THREADS.require(threads);
        Keys.HISTORY_MAX_QUESTIONS.require(maxQuestions);
    }

    static HistoryConfig from(Values values) {
        return new HistoryConfig(
                values.get(Keys.HISTORY_MEMORY),
                values.get(Keys.HISTORY_DURABILITY),
                values.get(Keys.HISTORY_RETENTION),
                values.get(Keys.HISTORY_MAX_DISK),
                values.get(Keys.HISTORY_COMMIT_DELAY),
                values.get(Keys.HISTORY_MAX_WAITING),
                values.get(Keys.HISTORY_THREADS),
                values.get(Keys.HISTORY_MAX_QUESTIONS));
    }
}
