package io.tidepole.config;

/**
 * The past.
 *
 * @param memoryBytes the budget of the ring that holds the recent past at full resolution
 */
public record HistoryConfig(long memoryBytes) {
    public HistoryConfig {
        Keys.HISTORY_MEMORY.require(memoryBytes);
    }

    static HistoryConfig from(Values values) {
        return new HistoryConfig(values.get(Keys.HISTORY_MEMORY));
    }
}
