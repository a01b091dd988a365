package io.tidepole.config;

import java.time.Duration;

/**
 * The sampling of this machine.
 *
 * @param name the value of the label {@code host}; empty for the machine's own name
 * @param interval the time between samples
 * @param processInterval the time between lists of processes, which are dear; at least the interval
 * @param enabled whether the machine is sampled at all
 */
public record HostConfig(String name, Duration interval, Duration processInterval, boolean enabled) {
    public HostConfig {
        Keys.HOST_NAME.require(name);
        Keys.HOST_INTERVAL.require(interval);
        Keys.HOST_PROCESS_INTERVAL.require(processInterval);
        Rules.PROCESS_INTERVAL.require(processInterval, interval);
    }

    static HostConfig from(Values values) {
        return new HostConfig(
                values.get(Keys.HOST_NAME),
                values.get(Keys.HOST_INTERVAL),
                values.get(Keys.HOST_PROCESS_INTERVAL),
                values.get(Keys.HOST_ENABLED));
    }
}
