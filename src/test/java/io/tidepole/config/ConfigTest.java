package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tidepole.config.HttpConfig.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfigTest {
    @Test
    void defaults_nothing_given_are_as_documented() {
        Config config = Config.defaults();

        assertThat(config.data()).isEqualTo(Path.of("data"));
        assertThat(config.http()).isEqualTo(new HttpConfig("127.0.0.1", 8080, 0, Transport.AUTO, 16 << 20));
        assertThat(config.host()).isEqualTo(new HostConfig("", Duration.ofSeconds(1), Duration.ofSeconds(5), true));
        assertThat(config.history())
                .isEqualTo(new HistoryConfig(
                        64 << 20,
                        HistoryConfig.Durability.COMMIT,
                        Duration.ofDays(30),
                        10L << 30,
                        Duration.ofMillis(10),
                        500_000,
                        4,
                        64));
        assertThat(config.webSocket())
                .isEqualTo(new WebSocketConfig(256 << 10, 64 << 10, 128, Duration.ofSeconds(25), 50_000, 64, 10_000));
        assertThat(config.push())
                .isEqualTo(new PushConfig(
                        true,
                        3,
                        256,
                        2,
                        32 << 10,
                        16 << 10,
                        16,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(60)));
        assertThat(config.ingest().maxSkew()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.ingest().maxAge()).isEqualTo(Duration.ofDays(7));
        assertThat(config.ingest().maxWaitingBytes()).isEqualTo(64L << 20);
        assertThat(config.ingest().maxBacklog()).isEqualTo(500_000);
        assertThat(config.ingest().units().codes()).hasSize(17).containsEntry("temperature", "Cel");
        assertThat(config.limits())
                .isEqualTo(new LimitsConfig(100_000, 1_000, 100_000, 2_000_000, 24, 200, 256, 64L << 10));
        assertThat(config.shutdown()).isEqualTo(new ShutdownConfig(Duration.ofSeconds(8)));
        assertThat(config.diagnostics()).isEqualTo(new DiagnosticsConfig(false));
        assertThat(config.log()).isEqualTo(new LogConfig(LogConfig.Level.INFO));
    }

    @Test
    void record_value_out_of_range_is_refused_with_its_key() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpConfig("127.0.0.1", 65_536, 0, Transport.AUTO, 16 << 20))
                .withMessage("http.port: 65536 is not between 0 and 65535");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShutdownConfig(Duration.ofSeconds(-1)))
                .withMessage("shutdown.grace: -1s is not between 0ms and 5m");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HttpConfig("no host", 0, 0, Transport.AUTO, 16 << 20))
                .withMessage("http.host: 'no host' is not an address or a host name (the port is http.port)");
    }

    @Test
    void record_fields_against_each_other_are_refused_with_both_keys() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HostConfig("", Duration.ofSeconds(10), Duration.ofSeconds(5), true))
                .withMessage("host.process_interval: 5s is less than host.interval, 10s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebSocketConfig(1_024, 2_048, 1, Duration.ofSeconds(25), 1, 1, 1))
                .withMessage("websocket.max_message: 1KiB is less than websocket.max_frame, 2KiB");
    }

    @Test
    void of_some_keys_replaces_their_defaults() {
        Config config = Config.of(Map.of("http.port", "0", "data", "elsewhere"));

        assertThat(config.http().port()).isZero();
        assertThat(config.data()).isEqualTo(Path.of("elsewhere"));
        assertThat(config.push()).isEqualTo(Config.defaults().push());
    }

    @Test
    void of_bad_settings_is_refused_with_all_problems() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Config.of(Map.of("http.port", "x", "http.prot", "1", "host.interval", "10s")))
                .withMessage(
                        """
                        http.port: 'x' is not a whole number
                        http.prot: no such key; did you mean http.port?
                        host.interval: host.process_interval with its 5s is less than host.interval, 10s""");
    }
}
