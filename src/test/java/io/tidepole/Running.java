package io.tidepole;

import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.history.Asker;
import io.tidepole.history.History;
import io.tidepole.history.SlowDisk;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A whole server on a port of its own, that measures nothing by itself. */
final class Running implements AutoCloseable {
    private final Tidepole tidepole;
    private final HttpClient client = HttpClient.newHttpClient();
    final int port;

    Running(Path data, String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(
                Map.of("http.port", "0", "http.loops", "1", "mqtt.enabled", "false", "host.enabled", "false"));
        all.put("data", data.toString());
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        tidepole = new Tidepole(Config.of(all), new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** A port that nobody has, for settings whose choice cannot be asked for. */
    static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    void feed(String metric, Map<String, String> labels, Descriptor.Kind kind, long timeMillis, double value) {
        Descriptor series = new Descriptor(SeriesKey.of(metric, labels), Unit.CELSIUS, kind);
        Topics.READINGS
                .publisher(tidepole.vertx())
                .accept(new ReadingBatch.Builder(1)
                        .add(series, timeMillis * 1_000, value)
                        .build(System.currentTimeMillis() * 1_000));
    }

    /** Asks the past, as a request does. */
    <T> Future<T> ask(History.Work<T> work) {
        return tidepole.history().ask(Asker.ANYONE, work);
    }

    /** Has this done before each commit of readings, as if the disk were slow. */
    void beforeEachCommit(Runnable delay) {
        SlowDisk.delay(tidepole.history(), delay);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<byte[]> bytes(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<String> post(String path, String... form) throws IOException, InterruptedException {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < form.length; i += 2) {
            body.append(i == 0 ? "" : "&").append(encoded(form[i])).append('=').append(encoded(form[i + 1]));
        }
        return client.send(
                request(path, "Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> send(String path, String json, String... headers) throws IOException, InterruptedException {
        return client.send(
                request(path, headers)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    @Override
    public void close() {
        tidepole.stop();
    }
}
