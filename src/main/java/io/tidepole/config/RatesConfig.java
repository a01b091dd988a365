package io.tidepole.config;

/**
 * How often one connection or address may ask. Readings have limits of their own.
 *
 * @param messages requests a second of one connection
 * @param bytes a second of one connection
 * @param subscribes a second of one connection
 * @param failedLogins a minute of one address
 */
public record RatesConfig(int messages, long bytes, int subscribes, int failedLogins) {
    public RatesConfig {
        Keys.RATES_MESSAGES.require(messages);
        Keys.RATES_BYTES.require(bytes);
        Keys.RATES_SUBSCRIBES.require(subscribes);
        Keys.RATES_FAILED_LOGINS.require(failedLogins);
    }

    static RatesConfig from(Values values) {
        return new RatesConfig(
                values.get(Keys.RATES_MESSAGES),
                values.get(Keys.RATES_BYTES),
                values.get(Keys.RATES_SUBSCRIBES),
                values.get(Keys.RATES_FAILED_LOGINS));
    }
}
