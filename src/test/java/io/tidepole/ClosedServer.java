package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.auth.AuthCommands;
import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server that asks who is there, and what tests need to come in. */
abstract class ClosedServer {
    static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    static Path data;

    static Tidepole tidepole;
    static int port;
    static int mqttPort;
    static String all;
    static String halls;
    static String secret;
    static String sensor;

    @BeforeAll
    static void start() throws Exception {
        all = token("--read", "*", "--edit");
        halls = token("--read", "{device=~\"hall-.*\"}");
        secret = token("--read", "{device=~\"vault-.*\"}");
        sensor = token("--write", "sensor-*");
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "2",
                        "host.enabled", "false",
                        "mqtt.port", "0",
                        "data", data.toString(),
                        "auth.enabled", "true",
                        "auth.wait", "1s",
                        "rates.failed_logins", "1000000",
                        "http.origins", "https://wall.example")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        mqttPort = Integer.parseInt(
                get("/api/v1/host", "Authorization", "Bearer " + all).body().replaceAll(".*\"mqtt\":(\\d+).*", "$1"));
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    static String command(String name, String input, String... words) {
        return command(data, name, input, words);
    }

    static String command(Path data, String name, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = new AuthCommands(
                        data,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        System.currentTimeMillis())
                .run(name, List.of(words));
        assertThat(status).isZero();
        return out.toString(StandardCharsets.UTF_8).trim();
    }

    static String token(String... rights) {
        String[] words = new String[rights.length + 3];
        words[0] = "create";
        words[1] = "--name";
        words[2] = "test";
        System.arraycopy(rights, 0, words, 3, rights.length);
        return command("token", "", words);
    }

    /** A token that is made while the server runs, once the server knows it. */
    static String known(String... rights) throws Exception {
        String token = token(rights);
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (get("/api/v1/me", "Authorization", "Bearer " + token).body().indexOf("userId") < 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
        return token;
    }

    static void feed(String metric, String device, double value) {
        long now = System.currentTimeMillis() * 1_000;
        Topics.READINGS
                .publisher(tidepole.vertx())
                .accept(new ReadingBatch.Builder(1)
                        .add(Descriptor.gauge(SeriesKey.of(metric, "device", device), Unit.CELSIUS), now, value)
                        .build(now));
    }

    static HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    static HttpResponse<String> get(String path, String... headers) throws Exception {
        return send(to(path), headers);
    }

    static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return send(to(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
    }

    static String bearer(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    static String authenticate(String token) {
        return "{\"type\":\"authenticate\",\"requestId\":\"a\",\"token\":\"" + token + "\"}";
    }

    static String subscribe(String select) {
        return "{\"type\":\"subscribe\",\"requestId\":\"r\",\"select\":[\"" + select + "\"],\"interval\":0}";
    }
}
