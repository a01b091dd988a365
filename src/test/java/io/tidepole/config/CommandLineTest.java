package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.CommandLine.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineTest {
    private static final CommandLine LINE = new CommandLine(Map.of("bench", "measure a server"));

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(directory.resolve("conf"));
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Request parse(Map<String, String> environment, String... words) {
        return LINE.parse(List.of(words), environment, directory);
    }

    private Config run(Map<String, String> environment, String... words) {
        Request request = parse(environment, words);
        assertThat(request).isInstanceOf(Request.Run.class);
        return ((Request.Run) request).config();
    }

    private List<String> problems(Map<String, String> environment, String... words) {
        Request request = parse(environment, words);
        assertThat(request).isInstanceOf(Request.Problems.class);
        return ((Request.Problems) request).lines();
    }

    @Test
    void nothing_given_runs_with_defaults() {
        assertThat(run(Map.of())).isEqualTo(Config.defaults());
    }

    @Test
    void sources_of_one_key_win_from_file_to_environment_to_arguments() throws IOException {
        assertThat(run(Map.of()).http().port()).isEqualTo(8080);
        file("conf/tidepole.yaml", "http.port: 1");
        assertThat(run(Map.of()).http().port()).isEqualTo(1);
        Map<String, String> environment = Map.of("TIDEPOLE_HTTP_PORT", "2");
        assertThat(run(environment).http().port()).isEqualTo(2);
        assertThat(run(environment, "--http.port=3").http().port()).isEqualTo(3);
        assertThat(run(environment, "--http.port=3", "--http.port=4").http().port())
                .isEqualTo(4);
    }

    @Test
    void file_named_is_read_in_place_of_the_default() throws IOException {
        file("conf/tidepole.yaml", "http.port: 1");
        file("other.yaml", "http.loops: 2");

        assertThat(run(Map.of(), "--config=other.yaml").http())
                .satisfies(http -> assertThat(http.port()).isEqualTo(8080))
                .satisfies(http -> assertThat(http.loops()).isEqualTo(2));
    }

    @Test
    void file_named_but_unreadable_is_a_problem() {
        assertThat(problems(Map.of(), "--config=none.yaml")).containsExactly("none.yaml: there is no such file");
        assertThat(problems(Map.of(), "--config=conf")).containsExactly("conf: is a folder");
        assertThat(problems(Map.of(), "--config=a\0b")).containsExactly("--config: 'a?b' is not a file's name");
        assertThat(problems(Map.of(), "--config=")).containsExactly("--config: has no value; write --config=FILE");
    }

    @Test
    void problems_of_all_sources_come_in_one_report() throws IOException {
        file("conf/tidepole.yaml", "http:\n  port: x\n  prot: 80\nhost:\n  interval: 10s\n");
        Map<String, String> environment =
                Map.of("TIDEPOLE_HTTP_PROT", "1", "TIDEPOLE_HTTP_LOOPS", "many", "TIDEPOLE_JAR", "target/tidepole.jar");

        Request request = parse(environment, "--http.port=70000", "--dta=x", "--check");

        assertThat(request)
                .isInstanceOfSatisfying(
                        Request.Problems.class,
                        problems -> assertThat(problems.message())
                                .isEqualTo(
                                        """
                                        Tidepole cannot start, its configuration has 7 problems:
                                          conf/tidepole.yaml:2: http.port: 'x' is not a whole number
                                          conf/tidepole.yaml:3: http.prot: no such key; did you mean http.port?
                                          TIDEPOLE_HTTP_LOOPS: 'many' is not a whole number
                                          TIDEPOLE_HTTP_PROT: no such setting; did you mean TIDEPOLE_HTTP_PORT?
                                          --http.port: 70000 is not between 0 and 65535
                                          --dta: no such option; did you mean --data?
                                          conf/tidepole.yaml:5: host.interval: host.process_interval with its 5s is less than host.interval, 10s"""));
    }

    @Test
    void environment_of_tests_and_scripts_is_left_alone() {
        Map<String, String> environment = Map.of(
                "TIDEPOLE_JAR", "x", "TIDEPOLE_BROWSER", "x", "TIDEPOLE_OPTS", "x", "HTTP_PORT", "x", "PATH", "x");

        assertThat(run(environment)).isEqualTo(Config.defaults());
    }

    @Test
    void value_in_the_next_word_is_refused_with_the_right_form() {
        assertThat(problems(Map.of(), "--http.port", "9000", "--data", "--config", "a.yaml"))
                .containsExactly(
                        "--http.port: its value follows an equals sign: --http.port=9000",
                        "--data: its value follows an equals sign: --data=data",
                        "--config: its value follows an equals sign: --config=a.yaml");
    }

    @Test
    void words_not_understood_are_refused() {
        assertThat(problems(Map.of(), "-http.port=1", "http.port=1", "--check=yes", "--verion", "stray", "bench"))
                .containsExactly(
                        "-http.port: no such option; did you mean --http.port?",
                        "http.port: not understood; did you mean --http.port?",
                        "--check: takes no value",
                        "--verion: no such option; did you mean --version?",
                        "stray: not understood",
                        "bench: a command can only be the first word");
        assertThat(problems(Map.of(), "--config=a", "--config=b"))
                .containsExactly("a: there is no such file", "--config: given twice; there is one file");
    }

    @Test
    void first_word_is_a_command_with_its_own_words() {
        assertThat(parse(Map.of("TIDEPOLE_HTTP_PORT", "x"), "bench", "--help", "-n", "5"))
                .isEqualTo(new Request.Command("bench", List.of("--help", "-n", "5")));
        assertThat(problems(Map.of(), "benhc")).containsExactly("benhc: not understood; did you mean bench?");
    }

    @Test
    void help_and_version_win_over_everything_wrong() {
        assertThat(parse(Map.of("TIDEPOLE_X", "x"), "--nonsense", "--help")).isEqualTo(new Request.Help());
        assertThat(parse(Map.of(), "-h")).isEqualTo(new Request.Help());
        assertThat(parse(Map.of("TIDEPOLE_X", "x"), "--version")).isEqualTo(new Request.Version());
    }

    @Test
    void check_of_a_good_configuration_names_its_file() throws IOException {
        assertThat(parse(Map.of(), "--check"))
                .isInstanceOfSatisfying(
                        Request.Check.class, check -> assertThat(check.file()).isEmpty());
        file("conf/tidepole.yaml", "http.port: 1");
        assertThat(parse(Map.of(), "--check")).isInstanceOfSatisfying(Request.Check.class, check -> {
            assertThat(check.file()).contains("conf/tidepole.yaml");
            assertThat(check.config().http().port()).isEqualTo(1);
        });
    }
}
