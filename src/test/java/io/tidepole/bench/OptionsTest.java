package io.tidepole.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OptionsTest {
    private static Options options(String... arguments) {
        return Options.of(Flags.parse(List.of(arguments)));
    }

    @Test
    void flags_areTakenInBothWays() {
        Options options = options("--viewers", "7", "--duration=1.5s", "--allow-remote", "--deflate=false");
        assertThat(options.crowd().viewers()).isEqualTo(7);
        assertThat(options.timing().duration()).isEqualTo(Duration.ofMillis(1500));
        assertThat(options.crowd().offer()).isEmpty();
    }

    @Test
    void flags_thatMakeNoSense_sayWhy() {
        assertThatThrownBy(() -> options("--vievers=1")).hasMessageContaining("no option --vievers");
        assertThatThrownBy(() -> options("--viewers=many")).hasMessageContaining("a number");
        assertThatThrownBy(() -> options("--viewers=1.5")).hasMessageContaining("a whole number");
        assertThatThrownBy(() -> options("--churn=101")).hasMessageContaining("from 0 to 100");
        assertThatThrownBy(() -> options("--duration=10")).hasMessageContaining("500ms");
        assertThatThrownBy(() -> options("--duration=2h")).hasMessageContaining("up to an hour");
        assertThatThrownBy(() -> options("--shape=round")).hasMessageContaining("flat, columns");
        assertThatThrownBy(() -> options("--viewers")).hasMessageContaining("needs a value");
    }

    @Test
    void otherMachine_needsLeave() {
        assertThatThrownBy(() -> options("--url=ws://192.0.2.1/ws")).hasMessageContaining("--allow-remote");
        assertThat(options("--url=ws://192.0.2.1/ws", "--allow-remote").target().port())
                .isEqualTo(80);
    }

    @Test
    void help_namesEveryFlag() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Bench.run(List.of("--help"), new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).isZero();
        for (Flag flag : Flag.values()) {
            assertThat(out.toString(StandardCharsets.UTF_8)).contains(flag.text());
        }
    }

    @Test
    void defaults_areAccepted() {
        assertThat(options().crowd().viewers()).isEqualTo(100);
    }
}
