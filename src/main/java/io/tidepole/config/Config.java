package io.tidepole.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All settings of a server. Each part checks itself; a configuration that exists is one that can be run.
 *
 * @param data the folder for what is kept
 * @param http the HTTP server
 * @param auth who may come in
 * @param connections who may connect, and how long it may take
 * @param tls certificates
 * @param rates how often one connection may ask
 * @param host the sampling of this machine
 * @param history the past
 * @param dashboards the dashboards
 * @param embed the chart in the frames of other sites
 * @param webSocket limits on viewers' connections
 * @param push how updates reach viewers
 * @param mqtt the MQTT server
 * @param ingest readings from outside
 * @param limits budgets of the whole server
 * @param shutdown how it stops
 * @param diagnostics what only tests need
 * @param log how much it says
 */
public record Config(
        Path data,
        HttpConfig http,
        AuthConfig auth,
        ConnectionsConfig connections,
        TlsConfig tls,
        RatesConfig rates,
        HostConfig host,
        HistoryConfig history,
        DashboardsConfig dashboards,
        EmbedConfig embed,
        WebSocketConfig webSocket,
        PushConfig push,
        MqttConfig mqtt,
        IngestConfig ingest,
        LimitsConfig limits,
        ShutdownConfig shutdown,
        DiagnosticsConfig diagnostics,
        LogConfig log) {
    public Config {
        Keys.DATA.require(data);
        Exposure.require(http, auth);
    }

    /** The settings in force, by key, as people write them. Of what is secret only that it is set. */
    public Map<String, String> shown() {
        return Shown.of(this);
    }

    /** What a server runs with when nobody says anything. */
    public static Config defaults() {
        return from(new Values());
    }

    /**
     * The defaults with other values for some keys: {@code Config.of(Map.of("http.port", "0"))}.
     *
     * <p>Throws IllegalArgumentException with everything that is wrong.
     */
    public static Config of(Map<String, String> settings) {
        Values values = new Values();
        Report report = new Report();
        new TreeMap<>(settings).forEach((name, text) -> {
            Key<?> key = Names.KEYS.get(name);
            if (key == null) {
                report.add(name, "no such key" + Names.hint(name, Names.KEYS.keySet()));
            } else {
                values.read(key, text, name, report);
            }
        });
        return from(values, report).orElseThrow(() -> new IllegalArgumentException(String.join("\n", report.lines())));
    }

    /** The configuration, if nothing speaks against it; else the report says what. */
    static Optional<Config> from(Values values, Report report) {
        Rules.ALL.forEach(rule -> rule.check(values, report));
        Exposure.check(values, report);
        Exposure.checkCertificates(values, report);
        return report.isEmpty() ? Optional.of(from(values)) : Optional.empty();
    }

    private static Config from(Values values) {
        return new Config(
                values.get(Keys.DATA),
                HttpConfig.from(values),
                AuthConfig.from(values),
                ConnectionsConfig.from(values),
                TlsConfig.from(values),
                RatesConfig.from(values),
                HostConfig.from(values),
                HistoryConfig.from(values),
                DashboardsConfig.from(values),
                EmbedConfig.from(values),
                WebSocketConfig.from(values),
                PushConfig.from(values),
                MqttConfig.from(values),
                IngestConfig.from(values),
                LimitsConfig.from(values),
                ShutdownConfig.from(values),
                DiagnosticsConfig.from(values),
                LogConfig.from(values));
    }
}
