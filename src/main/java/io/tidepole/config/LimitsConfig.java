package io.tidepole.config;

/**
 * Budgets of the whole server.
 *
 * @param series the most series in all
 */
public record LimitsConfig(int series) {
    public LimitsConfig {
        Keys.LIMITS_SERIES.require(series);
    }

    static LimitsConfig from(Values values) {
        return new LimitsConfig(values.get(Keys.LIMITS_SERIES));
    }
}
