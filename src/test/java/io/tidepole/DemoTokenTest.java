package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.demo.Demo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo where a server asks who sends. */
@Timeout(120)
final class DemoTokenTest extends ClosedServer {
    @TempDir
    static Path files;

    static Path good;
    static Path bad;

    @BeforeAll
    static void tokens() throws Exception {
        good = Files.writeString(files.resolve("good"), known("--write", "*") + "\n");
        bad = Files.writeString(files.resolve("bad"), "tp_nobody");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson", "lines", "otlp", "websocket", "mqtt"})
    void door_ofAServerWithLogins_takesTheTokenOfTheFile_andNoOther(String door) throws Exception {
        Run known = demo(door, good);
        assertThat(known.said).contains("20 taken").doesNotContain("not taken");
        assertThat(known.status).isZero();

        Run stranger = demo(door, bad);
        assertThat(stranger.said).contains("not taken");
        assertThat(stranger.status).isOne();
    }

    private record Run(int status, String said) {}

    private static Run demo(String door, Path token) throws Exception {
        String server = door.equals("mqtt") ? "mqtt://127.0.0.1:" + mqttPort : "http://127.0.0.1:" + port;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status = Demo.run(
                List.of(
                        "--door=" + door,
                        "--server=" + server,
                        "--devices=4",
                        "--rate=5",
                        "--seconds=1",
                        "--token-file=" + token),
                new PrintStream(said, true, StandardCharsets.UTF_8));
        return new Run(status, said.toString(StandardCharsets.UTF_8));
    }
}
