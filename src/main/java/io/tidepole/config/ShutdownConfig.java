package io.tidepole.config;

import java.time.Duration;

/**
 * How the server stops.
 *
 * @param grace the time over which viewers are told and closed
 */
public record ShutdownConfig(Duration grace) {
    public ShutdownConfig {
        Keys.SHUTDOWN_GRACE.require(grace);
    }

    static ShutdownConfig from(Values values) {
        return new ShutdownConfig(values.get(Keys.SHUTDOWN_GRACE));
    }
}
