package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Over real sockets, with the JDK's client. */
@Timeout(30)
final class HttpDoorsTest {
    private static final String X = "{\"deviceId\":\"a\",\"x\":1}";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Desk desk = new Desk("limits.device_rate", "1000");
    private final Config config = Config.of(Map.of("http.max_body", "64KiB", "ingest.max_waiting", "1MiB"));
    private final HttpDoors doors = new HttpDoors(desk.intake, config.http(), config.ingest(), request -> "127.0.0.1");
    private int port;

    @BeforeEach
    void listen() throws Exception {
        Router router = Router.router(vertx);
        doors.mount(router);
        HttpServer server =
                await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
        port = server.actualPort();
    }

    @AfterEach
    void close() throws Exception {
        assertThat(doors.waitingBytes()).isZero();
        await(vertx.close());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> post(byte[] body, String... headers) throws Exception {
        return postTo("/api/v1/readings", body, headers);
    }

    private HttpResponse<String> postTo(String path, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request = request(path).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        return post(body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    @Test
    void reading_thatIsGood_isAcknowledged() throws Exception {
        HttpResponse<String> response = post(X, "Content-Type", "application/json");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"accepted\":1,\"readings\":1,\"rejected\":[]}");
        assertThat(desk.out()).containsExactly("x{device=\"a\"}=1.0");
    }

    @Test
    void lines_ofWhichOneIsBad_answer400AndKeepTheGoodOnes() throws Exception {
        HttpResponse<String> response = post(X + "\nno\n" + X, "Content-Type", "application/x-ndjson");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body())
                .isEqualTo("{\"accepted\":2,\"readings\":2,\"rejected\":"
                        + "[{\"index\":1,\"code\":\"bad_json\",\"message\":\"not readable as JSON\"}]}");
        assertThat(desk.readings()).hasSize(2);
    }

    @Test
    void body_withGzip_isInflated() throws Exception {
        byte[] lines = (X + "\n").repeat(500).getBytes(StandardCharsets.UTF_8);

        assertThat(post(gzip(lines), "Content-Encoding", "gzip").statusCode()).isEqualTo(200);
        assertThat(desk.readings()).hasSize(500);
    }

    @Test
    void bomb_isRefusedAfterItsFirstBytes() throws Exception {
        assertThat(post(gzip(new byte[60_000_000]), "Content-Encoding", "gzip").statusCode())
                .isEqualTo(413);
    }

    @Test
    void gzip_thatIsNone_isRefused() throws Exception {
        assertThat(post(X, "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
    }

    @Test
    void body_thatIsTooLarge_isRefused() throws Exception {
        HttpResponse<String> announced = post(new byte[70_000]);
        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).startsWith("{\"error\":{\"code\":\"too_large\",\"message\":\"");

        HttpRequest chunked = request("/api/v1/readings")
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(new byte[70_000])))
                .build();
        assertThat(client.send(chunked, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    }

    @Test
    void encodings_andTypes_thatAreNotOurs_areRefused() throws Exception {
        assertThat(post(X, "Content-Encoding", "br").statusCode()).isEqualTo(415);
        assertThat(post(X, "Content-Type", "application/xml").statusCode()).isEqualTo(415);
        assertThat(post("").statusCode()).isEqualTo(400);
    }

    @Test
    void rate_beyondTheLimit_answers429WithATime() throws Exception {
        HttpResponse<String> response = post(X.repeat(2_001));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("1");
        assertThat(response.body()).contains("\"code\":\"rate_limited\"").contains("\"accepted\":2000");
    }

    @Test
    void log_thatFails_answers503() throws Exception {
        desk.logAnswer = Future.failedFuture("disk full");
        HttpResponse<String> response = post(X);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(response.body()).doesNotContain("disk full");
    }

    @Test
    void curl_withItsDefaults_isUnderstood() throws Exception {
        Process curl = new ProcessBuilder("curl", "-s", "-d", X, "http://127.0.0.1:" + port + "/api/v1/readings")
                .redirectErrorStream(true)
                .start();

        assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"accepted\":1,\"readings\":1,\"rejected\":[]}");
        assertThat(curl.waitFor()).isZero();
    }

    @Test
    void lineProtocol_ofBothVersions_isAnsweredAsInfluxDoes() throws Exception {
        byte[] good = "sensors,device=a x=1 1769860800\n".getBytes(StandardCharsets.UTF_8);
        byte[] bad = "sensors,device=a x=1\nsensors,device=a\n".getBytes(StandardCharsets.UTF_8);

        assertThat(postTo("/write?db=any&precision=s", good).statusCode()).isEqualTo(204);
        assertThat(postTo("/api/v2/write?org=o&bucket=b&precision=s", gzip(good), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> first = postTo("/write", bad);
        assertThat(first.statusCode()).isEqualTo(400);
        assertThat(first.body())
                .isEqualTo("{\"error\":\"partial write: line 2: missing fields (bad_line); dropped=1\"}");
        HttpResponse<String> second = postTo("/api/v2/write", bad);
        assertThat(second.statusCode()).isEqualTo(400);
        assertThat(second.body())
                .isEqualTo("{\"code\":\"invalid\",\"message\":"
                        + "\"partial write: line 2: missing fields (bad_line); dropped=1\",\"line\":2}");
        assertThat(desk.readings()).hasSize(4);
    }

    @Test
    void lineProtocol_withAWrongPrecision_isRefused() throws Exception {
        assertThat(postTo("/write?precision=d", new byte[] {'m'}).statusCode()).isEqualTo(400);
        Process curl = new ProcessBuilder(
                        "curl", "-s", "-d", "m x=1", "http://127.0.0.1:" + port + "/write?precision=%zz")
                .start();
        assertThat(new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"error\":\"the query cannot be read\"}");
        assertThat(postTo("/api/v2/write", new byte[70_000]).body()).startsWith("{\"code\":\"request too large\"");
        HttpRequest ping = request("/ping").GET().build();
        assertThat(client.send(ping, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
    }

    @Test
    void log_thatAnswersFromItsOwnThread_isAnswered() throws Exception {
        io.vertx.core.Promise<Void> log = io.vertx.core.Promise.promise();
        desk.logAnswer = log.future();
        var response = client.sendAsync(
                request("/api/v1/readings")
                        .POST(HttpRequest.BodyPublishers.ofString(X))
                        .build(),
                BodyHandlers.ofString());
        while (desk.batches.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(response).isNotDone();
        log.complete();

        assertThat(response.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    }

    @Test
    void body_ofManySlices_isTakenWhole() throws Exception {
        HttpResponse<String> response =
                post(gzip("{\"x\":1}\n".repeat(8_000).getBytes(StandardCharsets.UTF_8)), "Content-Encoding", "gzip");

        assertThat(response.body()).contains("\"rejectedCount\":8000");
    }

    @Test
    void body_isRefused503_whileReadingsComeFasterThanTheyCanBeTaken() throws Exception {
        desk.backlog.published(1_000_001);
        HttpResponse<String> refused = post(X);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"overloaded\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        desk.backlog.folded(1_000);
        assertThat(post(X).statusCode()).isEqualTo(200);
    }
}
