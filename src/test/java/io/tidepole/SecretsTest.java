package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server as a process of its own that says all it can, and tokens through every door. */
final class SecretsTest {
    private static final String MADE_UP = "tp_0123456789ab_madeUpMadeUpMadeUpMadeUpMadeUpMadeUpMadeUpM";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final StringBuilder answers = new StringBuilder();
    private int port;

    private ProcessBuilder program(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidepole.Main"));
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private String token(String... rights) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("token", "create", "--name", "test", "--data=" + folder));
        words.addAll(List.of(rights));
        Process made = program(words.toArray(String[]::new))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(text).startsWith("tp_");
        return text;
    }

    private void send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.append(answer.body()).append(answer.headers().map().getOrDefault("location", List.of()));
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    @Test
    void tokens_appear_in_no_output_and_no_answer() throws Exception {
        String good = token("--read", "*", "--write", "*");
        Path output = folder.resolve("output");
        Process server = program(
                        "--data=" + folder,
                        "--http.port=0",
                        "--mqtt.enabled=false",
                        "--host.enabled=false",
                        "--auth.enabled=true",
                        "--rates.failed_logins=1000000",
                        "--log.level=trace")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            port = portOf(output);
            for (String token : List.of(good, MADE_UP)) {
                everyDoor(token);
            }
        } finally {
            server.destroy();
            assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        String said = Files.readString(output) + answers;
        assertThat(said).contains("tidepole_viewers").doesNotContain(secret(good), secret(MADE_UP));
        assertThat(Files.readString(folder.resolve("auth/tokens"))).doesNotContain(secret(good));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("auth/tokens"))))
                .as("for its owner's eyes")
                .isEqualTo("rw-------");
    }

    private static String secret(String token) {
        return token.substring(token.lastIndexOf("_", 16) + 1);
    }

    private static int portOf(Path output) throws IOException {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (true) {
            for (String line : Files.readAllLines(output)) {
                if (line.startsWith("Tidepole ") && line.contains(" at http://")) {
                    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
                }
            }
            assertThat(System.nanoTime()).as("it starts").isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private void everyDoor(String token) throws Exception {
        String basic = Base64.getEncoder().encodeToString(("any:" + token).getBytes(StandardCharsets.UTF_8));
        for (String path : List.of("/metrics", "/api/v1/stats", "/api/v1/me", "/nowhere", "/api/v1/history")) {
            send(to(path).header("Authorization", "Bearer " + token));
            send(to(path).header("Authorization", "Basic " + basic));
            send(to(path).header("Cookie", "tidepole=" + token));
            send(to(path + "?token=" + token));
        }
        send(to("/?token=" + token).header("Accept", "text/html"));
        send(to("/write?token=" + token).POST(HttpRequest.BodyPublishers.ofString("not a line")));
        send(to("/login")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("name=ada&password=" + token)));
        for (String headers : List.of(
                "Authorization: Bearer " + token + "\r\n",
                "Origin: http://127.0.0.1:" + port + "\r\nCookie: tidepole=" + token + "\r\n")) {
            try (RawViewer viewer = new RawViewer(port, headers)) {
                answers.append(viewer.next().text());
            }
        }
        try (RawViewer viewer = new RawViewer(port, "/ws?token=" + token, "", 0)) {
            answers.append(viewer.next().text());
        }
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.next("welcome");
            viewer.send("{\"type\":\"authenticate\",\"token\":\"" + token + "\"}");
            answers.append(viewer.next("auth.").indent(0));
            viewer.send("{\"type\":\"authenticate\",\"token\":\"" + token + "\"");
            answers.append(viewer.next().text());
        }
    }
}
