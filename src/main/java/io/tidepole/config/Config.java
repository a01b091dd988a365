package io.tidepole.config;

import java.nio.file.Path;

/**
 * All settings of a server. Each part checks itself; a configuration that exists is one that can be run.
 *
 * @param data the folder for what is kept
 * @param http the HTTP server
 * @param host the sampling of this machine
 * @param history the past
 * @param webSocket limits on viewers' connections
 * @param push how updates reach viewers
 * @param ingest readings from outside
 * @param limits budgets of the whole server
 * @param shutdown how it stops
 * @param diagnostics what only tests need
 * @param log how much it says
 */
public record Config(
        Path data,
        HttpConfig http,
        HostConfig host,
        HistoryConfig history,
        WebSocketConfig webSocket,
        PushConfig push,
        IngestConfig ingest,
        LimitsConfig limits,
        ShutdownConfig shutdown,
        DiagnosticsConfig diagnostics,
        LogConfig log) {
    public Config {
        Keys.DATA.require(data);
    }

    /** What a server runs with when nobody says anything. */
    public static Config defaults() {
        return from(new Values());
    }

    static Config from(Values values) {
        return new Config(
                values.get(Keys.DATA),
                HttpConfig.from(values),
                HostConfig.from(values),
                HistoryConfig.from(values),
                WebSocketConfig.from(values),
                PushConfig.from(values),
                IngestConfig.from(values),
                LimitsConfig.from(values),
                ShutdownConfig.from(values),
                DiagnosticsConfig.from(values),
                LogConfig.from(values));
    }
}
