package io.tidepole.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class DemoTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private int run(String... words) throws Exception {
        return Demo.run(List.of(words), new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    @Test
    void demo_overHttp_sendsWhatDevicesWould() throws Exception {
        List<String> bodies = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            bodies.add(exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            String address = "--server=http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(run(address, "--devices=4", "--rate=50", "--seconds=1")).isZero();
            assertThat(run(address, "--devices=4", "--rate=50", "--seconds=1", "--door=lines"))
                    .isZero();
        } finally {
            server.stop(0);
        }

        assertThat(bodies).hasSize(100);
        assertThat(bodies.get(0))
                .startsWith("/api/v1/readings [{\"deviceId\":\"oven-1\",\"line\":\"line-1\",\"temperature\":");
        assertThat(bodies.get(50)).startsWith("/write sensors,device=oven-1,line=line-1 temperature=");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("200 taken");
    }

    @Test
    void demo_withoutAServer_saysSo() throws Exception {
        assertThat(run("--server=http://127.0.0.1:1", "--rate=10", "--seconds=1"))
                .isOne();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("cannot be reached");
    }

    @Test
    void options_thatAreWrong_areNamed() throws Exception {
        assertThat(run("--devices=0")).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--devices=0: not between 1 and 100000");
    }

    @Test
    void help_isNoMistake() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("--file=FILE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--door=smoke | --door=smoke: not one of [json, ndjson, lines, otlp, websocket, mqtt]",
                "--door=mqtt --server=http://127.0.0.1 | goes to mqtt://host:port",
                "--rate=fast | --rate=fast: not a number",
                "--speed=1 | not an option: --speed",
                "--measures=a | about a --file",
                "--file=missing.csv | there is no such file"
            })
    void option_thatIsWrong_isNamed(String options, String words) throws Exception {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(words);
    }
}
