package io.tidepole.config;

/**
 * How much the server says.
 *
 * @param level the least severe messages that are written
 */
public record LogConfig(Level level) {
    /** How severe a message is. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }

    static LogConfig from(Values values) {
        return new LogConfig(values.get(Keys.LOG_LEVEL));
    }
}
