package io.tidepole.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of mistake in a file gets its own words, and its line. */
final class YamlFileTest {
    private static List<String> problems(String... lines) {
        return problems(String.join("\n", lines).getBytes(UTF_8));
    }

    private static List<String> problems(byte[] bytes) {
        Values values = new Values();
        Report report = new Report();
        ConfigFile.parse(bytes, "t.yaml", values, report);
        assertThat(Config.from(values, report).isPresent()).isEqualTo(report.isEmpty());
        return report.lines();
    }

    private static Config config(String... lines) {
        Values values = new Values();
        Report report = new Report();
        ConfigFile.parse(String.join("\n", lines).getBytes(UTF_8), "t.yaml", values, report);
        assertThat(report.lines()).isEmpty();
        return Config.from(values, report).orElseThrow();
    }

    @Test
    void file_empty_or_all_comments_gives_defaults() {
        assertThat(config("")).isEqualTo(Config.defaults());
        assertThat(config("# nothing", "---", "# nothing")).isEqualTo(Config.defaults());
        assertThat(config("http:", "  # port: 9000", "host:")).isEqualTo(Config.defaults());
    }

    @Test
    void file_values_replace_defaults() {
        Config config = config("http:", "  port: 9000", "  host: '::1'", "host: {interval: 200ms, name: \"quay 7\"}");

        assertThat(config.http().port()).isEqualTo(9000);
        assertThat(config.http().host()).isEqualTo("::1");
        assertThat(config.host().interval()).hasMillis(200);
        assertThat(config.host().name()).isEqualTo("quay 7");
        assertThat(config.http().loops()).isZero();
    }

    @Test
    void key_dotted_as_on_the_command_line_is_understood() {
        assertThat(config("http.port: 9000").http().port()).isEqualTo(9000);
    }

    @Test
    void key_unknown_is_reported_with_the_nearest() {
        assertThat(problems("http:", "  prot: 80", "  max-body: 1MiB", "htpp:", "  port: 80", "port: 80", "zebra: 1"))
                .containsExactly(
                        "t.yaml:2: http.prot: no such key; did you mean http.port?",
                        "t.yaml:3: http.max-body: no such key; did you mean http.max_body?",
                        "t.yaml:4: htpp: no such key; did you mean http?",
                        "t.yaml:6: port: no such key; did you mean http.port?",
                        "t.yaml:7: zebra: no such key");
    }

    @Test
    void key_given_twice_is_reported_with_both_lines() {
        assertThat(problems("http:", "  port: 1", "  port: 2", "http.port: 3", "http:", "  loops: 1"))
                .containsExactly(
                        "t.yaml:3: http.port: already given in line 2",
                        "t.yaml:4: http.port: already given in line 2",
                        "t.yaml:5: http: already given in line 1");
    }

    @Test
    void value_of_wrong_type_is_reported() {
        assertThat(problems(
                        "http:",
                        "  port: eighty",
                        "  loops: 1.5",
                        "  transport: uring",
                        "  host: localhost:8080",
                        "  max_body: 16MB",
                        "host:",
                        "  enabled: yes",
                        "  interval: 5",
                        "  process_interval: soon",
                        "data: ' '"))
                .containsExactly(
                        "t.yaml:2: http.port: 'eighty' is not a whole number",
                        "t.yaml:3: http.loops: '1.5' is not a whole number",
                        "t.yaml:4: http.transport: 'uring' is not one of auto, epoll, io_uring, nio",
                        "t.yaml:5: http.host: 'localhost:8080' is not an address or a host name (the port is http.port)",
                        "t.yaml:6: http.max_body: '16MB' is not a size such as 65536, 64KiB, 16MiB or 1GiB",
                        "t.yaml:8: host.enabled: 'yes' is not true or false",
                        "t.yaml:9: host.interval: 5 needs a unit: ms, s, m, h or d",
                        "t.yaml:10: host.process_interval: 'soon' is not a duration such as 500ms, 10s, 5m, 2h or 30d",
                        "t.yaml:11: data: a folder needs a name");
    }

    @Test
    void value_out_of_range_is_reported_as_it_was_written() {
        assertThat(problems(
                        "http.port: 65536",
                        "http.loops: -1",
                        "limits.series: 99999999999999999999",
                        "host.interval: 50ms",
                        "push.close_after: 99999999999999999999d",
                        "history.memory: 99999999999999TiB",
                        "push.high_water: 0"))
                .containsExactly(
                        "t.yaml:1: http.port: 65536 is not between 0 and 65535",
                        "t.yaml:2: http.loops: -1 is not between 0 and 1024",
                        "t.yaml:3: limits.series: 99999999999999999999 is not between 1 and 100000000",
                        "t.yaml:4: host.interval: 50ms is not between 100ms and 1m",
                        "t.yaml:5: push.close_after: 99999999999999999999d is not between 1s and 1d",
                        "t.yaml:6: history.memory: 99999999999999TiB is not between 1MiB and 1TiB",
                        "t.yaml:7: push.high_water: 0 is not between 1KiB and 64MiB");
    }

    @Test
    void value_missing_is_reported() {
        assertThat(problems("http:", "  port:", "  host: ~", "data: null"))
                .containsExactly(
                        "t.yaml:2: http.port: has no value; give it one, or comment the line out",
                        "t.yaml:3: http.host: has no value; give it one, or comment the line out",
                        "t.yaml:4: data: has no value; give it one, or comment the line out");
    }

    @Test
    void value_of_wrong_shape_is_reported() {
        assertThat(problems(
                        "http:",
                        "  port: [8080]",
                        "  host: {name: localhost}",
                        "log: info",
                        "host: [1, [2, {a: 3}]]",
                        "? [a, b]",
                        ": c",
                        "data: kept"))
                .containsExactly(
                        "t.yaml:2: http.port: a list where there should be a whole number",
                        "t.yaml:3: http.host: keys where there should be an address or a host name"
                                + " (the port is http.port)",
                        "t.yaml:4: log: a value where there should be keys: level",
                        "t.yaml:5: host: a list where there should be keys: enabled, name, interval, process_interval",
                        "t.yaml:6: a key must be a name");
    }

    @Test
    void file_of_another_shape_is_reported() {
        String expected = "t.yaml:1: a configuration is made of keys with values, as in 'data: /var/data'";

        assertThat(problems("- http")).containsExactly(expected);
        assertThat(problems("http.port=9000")).containsExactly(expected);
        assertThat(problems("data: a", "---", "data: b"))
                .containsExactly("t.yaml:2: a second document begins; a configuration is one");
    }

    @Test
    void file_that_is_not_yaml_is_reported_beside_what_stands_before() {
        assertThat(problems("http:", "  port: x", "\thost: y"))
                .containsExactly(
                        "t.yaml:2: http.port: 'x' is not a whole number",
                        "t.yaml:3: not YAML: found character '\\t(TAB)' that cannot start any token."
                                + " (Do not use \\t(TAB) for indentation), in what began in line 2");
        assertThat(problems("data: 'open", "http.port: 1", ""))
                .containsExactly("t.yaml:3: not YAML: found unexpected end of stream, in what began in line 1");
        assertThat(problems("http.port: 1", "data: \"\\U"))
                .containsExactly("t.yaml:2: not YAML: something unreadable in this line or soon after it");
        assertThat(problems("data: \"\\U\""))
                .containsExactly(
                        "t.yaml:1: not YAML: expected escape sequence of 8 hexadecimal numbers, but found: \"");
        assertThat(problems("data: a: b")).containsExactly("t.yaml:1: not YAML: mapping values are not allowed here");
    }

    @Test
    void file_not_in_utf8_is_reported_with_its_line() {
        assertThat(problems("data: a\nhost.name: Kö\n".getBytes(ISO_8859_1)))
                .containsExactly("t.yaml:2: is not UTF-8 text");
        assertThat(problems("data: a\nhost.name: \u0007\n".getBytes(UTF_8)))
                .containsExactly("t.yaml:2: not YAML: a character that may not stand there");
    }

    @Test
    void file_with_byte_order_mark_and_windows_lines_is_understood() {
        assertThat(config("\uFEFFdata: kept\r", "http.port: 1\r").http().port()).isEqualTo(1);
    }

    @Test
    void file_too_large_is_reported_and_not_parsed() {
        assertThat(problems("#".repeat(ConfigFile.MAX_BYTES + 1))).containsExactly("t.yaml: is larger than 1MiB");
    }

    @Test
    void aliases_however_many_are_refused() {
        assertThat(problems(
                        "a: &a [x, x]",
                        "b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]",
                        "http: &h",
                        "  port: *a",
                        "  loops: 1",
                        "host: *h"))
                .contains(
                        "t.yaml:4: http.port: an alias where there should be a whole number",
                        "t.yaml:6: host: an alias where there should be keys:"
                                + " enabled, name, interval, process_interval");
    }

    @Test
    void nesting_however_deep_is_cut_off() {
        assertThat(problems("data: a", "x: " + "[".repeat(100_000)))
                .containsExactly("t.yaml:2: x: no such key", "t.yaml:2: not YAML: nested too deeply");
        assertThat(problems("http: " + "{http: ".repeat(100_000))).endsWith("t.yaml:1: not YAML: nested too deeply");
    }

    @Test
    void problems_without_end_are_cut_off() {
        assertThat(problems("x1: 1\n".repeat(10_000).getBytes(UTF_8)))
                .hasSize(51)
                .endsWith("and more");
    }

    @Test
    void text_from_the_file_cannot_forge_lines_of_the_report() {
        assertThat(problems("http.port: \"1\\nt.yaml:9: data: fine\\e[2J\"", "\"a\\u202Eb\": 1"))
                .containsExactly(
                        "t.yaml:1: http.port: '1?t.yaml:9: data: fine?[2J' is not a whole number",
                        "t.yaml:2: a?b: no such key");
        assertThat(problems("http.port: " + "9x".repeat(100)))
                .containsExactly("t.yaml:1: http.port: '" + "9x".repeat(30) + "...' is not a whole number");
    }

    @Test
    void keys_against_each_other_are_reported_where_one_was_given() {
        assertThat(problems("host.interval: 10s", "websocket.max_frame: 1MiB", "push.close_after: 2s"))
                .containsExactly(
                        "t.yaml:1: host.interval: host.process_interval with its 5s is less than host.interval, 10s",
                        "t.yaml:2: websocket.max_frame: websocket.max_message with its 256KiB is less than"
                                + " websocket.max_frame, 1MiB",
                        "t.yaml:3: push.close_after: 2s is less than push.degrade_after, 3s");
    }

    @Test
    void keys_against_each_other_are_not_reported_where_one_could_not_be_read() {
        assertThat(problems("host.interval: x", "host.process_interval: 500ms")).hasSize(1);
    }
}
