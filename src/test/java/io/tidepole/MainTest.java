package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The program as a process of its own. */
final class MainTest {
    private record Ended(int status, String out, String err) {}

    private static Ended run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidepole.Main"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("it ends").isTrue();
        return new Ended(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void port_in_use_is_said_in_one_line_and_ends_with_1() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = run("--history.durability=memory", "--http.port=" + taken.getLocalPort());

            assertThat(ended.err())
                    .isEqualTo("Tidepole cannot start at http.host 127.0.0.1, http.port " + taken.getLocalPort()
                            + ": Address already in use\n");
            assertThat(ended.out()).isEmpty();
            assertThat(ended.status()).isEqualTo(1);
        }
    }

    @Test
    void address_of_another_machine_is_said_in_one_line_and_ends_with_1() throws Exception {
        Ended ended = run("--http.host=203.0.113.7", "--http.port=0", "--insecure=true");

        assertThat(ended.err())
                .startsWith("Tidepole cannot start at http.host 203.0.113.7")
                .hasLineCount(1);
        assertThat(ended.status()).isEqualTo(1);
    }

    @Test
    void address_that_others_can_reach_needs_authentication_or_the_word_insecure() throws Exception {
        for (String host : List.of("0.0.0.0", "::", "192.0.2.7", "quay.example", "localhost.example")) {
            Ended ended = run("--http.host=" + host, "--http.port=0", "--check");

            assertThat(ended.status()).as(host).isEqualTo(2);
            assertThat(ended.err())
                    .contains("--http.host: others can reach '" + host + "'")
                    .contains("insecure: true");
            assertThat(ended.out()).isEmpty();
        }
        for (String host : List.of("127.0.0.1", "127.9.9.9", "::1", "localhost")) {
            assertThat(run("--http.host=" + host, "--check").status()).as(host).isZero();
        }
        assertThat(run("--http.host=0.0.0.0", "--auth.enabled=true", "--check").status())
                .isZero();
        assertThat(run("--http.host=0.0.0.0", "--insecure=true", "--check").status())
                .isZero();
    }

    @Test
    void every_problem_of_the_configuration_is_said_at_once_and_ends_with_2() throws Exception {
        Ended ended = run("--http.port=99999", "--htpp.host=a", "--history.memory=much");

        assertThat(ended.err())
                .contains("3 problems")
                .contains("http.port")
                .contains("htpp.host")
                .contains("history.memory");
        assertThat(ended.status()).isEqualTo(2);
    }

    @Test
    void check_help_and_version_say_what_they_are_asked_and_end_with_0() throws Exception {
        assertThat(run("--check").out()).startsWith("The configuration is good");
        assertThat(run("--help").out()).contains("--http.port");
        Ended version = run("--version");
        assertThat(version.out()).matches("Tidepole \\d+\\.\\d+\\.\\d+\\n");
        assertThat(version.status()).isZero();
    }
}
