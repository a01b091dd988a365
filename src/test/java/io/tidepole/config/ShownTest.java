package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShownTest {
    @Test
    void settings_asTheyAreWrittenInTheFile() {
        assertThat(Config.of(Map.of("http.port", "9000", "history.memory", "1GiB"))
                        .shown())
                .containsEntry("http.port", "9000")
                .containsEntry("history.memory", "1GiB")
                .containsEntry("push.degrade_after", "3s")
                .containsEntry("push.compression", "true")
                .containsEntry("log.level", "info");
    }

    @Test
    void secret_isSaidToBeSetAndNotWhatTo() {
        Map<String, String> shown = Config.of(Map.of("tls.certificate", "cert.pem", "tls.key", "key.pem"))
                .shown();

        assertThat(shown).containsEntry("tls.key", "***").containsEntry("tls.certificate", "cert.pem");
        assertThat(Config.defaults().shown()).containsEntry("tls.key", "");
    }
}
