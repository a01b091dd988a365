package io.tidepole.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever stands in a file, it is a configuration or a report, and never an exception. */
final class ArbitraryFileTest {
    /** Pieces that lead into every corner of a YAML parser. */
    private static final String[] PIECES = {
        "http",
        "port",
        "host",
        "data",
        "interval",
        ":",
        ": ",
        " ",
        "\n",
        "\n  ",
        "\n\n",
        "\t",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a",
        "*a",
        "!",
        "!!int",
        "!<",
        ">",
        "|",
        "|2-",
        ">+",
        "'",
        "\"",
        "\\",
        "\\U",
        "\\uD800",
        "FFFFFFFF",
        "%YAML 1.",
        "%TAG ! ",
        "99999999999",
        "\n---\n",
        "\n...\n",
        "<<",
        "@",
        "`",
        "\r",
        "\u0085",
        "\u2028",
        "\uFEFF",
        "\u0000",
        "\u0007",
        "0",
        "1s",
        "64KiB",
        "~",
        "\uD83D\uDE00"
    };

    @Property(tries = 2_000)
    void bytes_at_random_are_configuration_or_report(@ForAll byte[] bytes) {
        check(bytes);
    }

    @Property(tries = 20_000)
    void yaml_at_random_is_configuration_or_report(@ForAll("yaml") String text) {
        check(text.getBytes(UTF_8));
    }

    @Provide
    Arbitrary<String> yaml() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    private static void check(byte[] bytes) {
        Values values = new Values();
        Report report = new Report();
        ConfigFile.parse(bytes, "t.yaml", values, report);
        Optional<Config> config = Config.from(values, report);

        List<String> lines = report.lines();
        assertThat(config.isPresent()).isEqualTo(lines.isEmpty());
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).startsWith("t.yaml:").doesNotContain("\n", "\u0000"));
    }
}
