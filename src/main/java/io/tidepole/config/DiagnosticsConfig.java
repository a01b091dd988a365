package io.tidepole.config;

/**
 * What only tests of the server need.
 *
 * @param echo whether {@code /echo} is served, for WebSocket conformance suites
 */
public record DiagnosticsConfig(boolean echo) {
    static DiagnosticsConfig from(Values values) {
        return new DiagnosticsConfig(values.get(Keys.DIAGNOSTICS_ECHO));
    }
}
