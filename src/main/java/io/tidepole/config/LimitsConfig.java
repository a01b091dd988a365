package io.tidepole.config;

/**
 * Budgets of the whole server.
 *
 * @param series the most series in all
 * @param deviceSeries the most series of one device
 * @param deviceRate readings a second of one device
 * @param addressRate readings a second of one address
 * @param labels the most labels of one series
 * @param nameLength characters of a metric's or a label's name
 * @param labelLength characters of a label's value
 * @param lineBytes one line of line protocol, one MQTT message
 */
public record LimitsConfig(
        int series,
        int deviceSeries,
        int deviceRate,
        int addressRate,
        int labels,
        int nameLength,
        int labelLength,
        long lineBytes) {
    public LimitsConfig {
        Keys.LIMITS_SERIES.require(series);
        Keys.LIMITS_DEVICE_SERIES.require(deviceSeries);
        Keys.LIMITS_DEVICE_RATE.require(deviceRate);
        Keys.LIMITS_ADDRESS_RATE.require(addressRate);
        Keys.LIMITS_LABELS.require(labels);
        Keys.LIMITS_NAME.require(nameLength);
        Keys.LIMITS_LABEL_VALUE.require(labelLength);
        Keys.LIMITS_LINE.require(lineBytes);
    }

    static LimitsConfig from(Values values) {
        return new LimitsConfig(
                values.get(Keys.LIMITS_SERIES),
                values.get(Keys.LIMITS_DEVICE_SERIES),
                values.get(Keys.LIMITS_DEVICE_RATE),
                values.get(Keys.LIMITS_ADDRESS_RATE),
                values.get(Keys.LIMITS_LABELS),
                values.get(Keys.LIMITS_NAME),
                values.get(Keys.LIMITS_LABEL_VALUE),
                values.get(Keys.LIMITS_LINE));
    }
}
