package io.tidepole.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.Tidepole;
import io.tidepole.Version;
import io.tidepole.config.Config;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Small runs against a server in this process. The machine may be busy: a run that is void is as good here. */
@TestInstance(Lifecycle.PER_CLASS)
final class BenchTest {
    private static final int VOID = 4;

    private Path folder;
    private Tidepole server;
    private int port;

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        folder = data;
        server = new Tidepole(
                Config.of(Map.of("http.port", "0", "host.enabled", "false", "data", folder.toString())),
                Version.current());
        port = server.start().toCompletionStage().toCompletableFuture().get();
    }

    @AfterAll
    void stop() {
        server.stop();
    }

    private String bench(String... more) throws Exception {
        Path json = folder.resolve("figures.json");
        List<String> arguments = new ArrayList<>(List.of(
                "--url=ws://127.0.0.1:" + port + "/ws",
                "--json=" + json,
                "--warmup=300ms",
                "--duration=700ms",
                "--settle=0s",
                "--sample=100"));
        arguments.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Bench.run(arguments, new PrintStream(out, true, StandardCharsets.UTF_8));
        assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isIn(0, VOID);
        return Files.readString(json);
    }

    @Test
    void flatViewers_withDeflate_getEachReadingOnce() throws Exception {
        assertThat(bench("--viewers=20", "--feed-rate=100", "--feed-series=3", "--payload-bytes=340"))
                .contains("\"viewersThatGotEachReading\" : 20")
                .contains("\"wrong\" : 0")
                .contains("\"lost\" : 0");
    }

    @Test
    void columns_plain_withThoseWhoReconnect_areGood() throws Exception {
        assertThat(bench(
                        "--viewers=20",
                        "--deflate=false",
                        "--shape=columns",
                        "--interval=100",
                        "--feed-rate=200",
                        "--feed-series=20",
                        "--feed-values=sensor",
                        "--churn=50"))
                .contains("\"wrong\" : 0")
                .contains("\"lost\" : 0");
    }

    @Test
    void laggards_areCountedApart() throws Exception {
        assertThat(bench(
                        "--viewers=3",
                        "--stalled=2",
                        "--slow=2",
                        "--pausing=2",
                        "--pause-after=100ms",
                        "--pause-for=200ms",
                        "--feed-rate=50"))
                .contains("\"stalled\" : 2")
                .contains("\"viewersThatGotEachReading\" : 3");
    }

    @Test
    void serverThatIsNotThere_isSaid() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream table = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(Bench.run(List.of("--url=ws://127.0.0.1:1/ws", "--viewers=1"), table))
                .isEqualTo(1);
    }
}
