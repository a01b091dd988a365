package io.tidepole;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Measures what a slow disk does to what is live: {@code SlowDiskSpeed FOLDER MILLIS_IN_EACH_COMMIT SECONDS}. A device
 * sends a reading each 10 ms over HTTP, and a viewer with a socket of its own reads them; the same again with a pause in
 * each commit.
 */
final class SlowDiskSpeed {
    private static final long EVERY_MILLIS = 10;
    private static final int WARM = 500;
    private static final Pattern VALUE = Pattern.compile("\"values\":\\[(\\d+)");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Running server;
    private final RawViewer viewer;
    private int number = 1;

    private SlowDiskSpeed(Running server) throws Exception {
        this.server = server;
        post(0).join();
        viewer = new RawViewer(server.port, RawViewer.COLUMNS);
        viewer.send("{\"type\":\"subscribe\",\"select\":[\"level\"],\"interval\":0}");
        viewer.next("\"metric\":\"level\"");
    }

    public static void main(String[] words) throws Exception {
        long pauseNanos = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(words[1]));
        int readings = (int) (Long.parseLong(words[2]) * 1_000 / EVERY_MILLIS);
        try (Running server = new Running(Path.of(words[0]))) {
            SlowDiskSpeed speed = new SlowDiskSpeed(server);
            speed.measure("warming", WARM);
            speed.measure("as it is", readings);
            server.beforeEachCommit(() -> LockSupport.parkNanos(pauseNanos));
            speed.measure(words[1] + " ms in each commit", readings);
        }
        System.exit(0);
    }

    private CompletableFuture<HttpResponse<String>> post(int value) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port + "/api/v1/readings"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"deviceId\":\"tank\",\"level\":" + value + "}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void measure(String name, int readings) throws Exception {
        Histogram live = new Histogram(60_000_000L, 3);
        Histogram acknowledged = new Histogram(60_000_000L, 3);
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        int from = number;
        long startNanos = System.nanoTime() + 100_000_000;
        Thread sender = new Thread(() -> {
            for (int i = 0; i < readings; i++) {
                long dueNanos = dueNanos(startNanos, i);
                LockSupport.parkNanos(dueNanos - System.nanoTime());
                answers.add(post(from + i).thenAccept(answer -> {
                    synchronized (acknowledged) {
                        acknowledged.recordValue((System.nanoTime() - dueNanos) / 1_000);
                    }
                    refused.addAndGet(answer.statusCode() == 200 ? 0 : 1);
                }));
            }
        });
        sender.start();
        for (int last = 0; last < from + readings - 1; ) {
            Matcher value = VALUE.matcher(viewer.next("\"values\":["));
            if (value.find()) {
                last = Integer.parseInt(value.group(1));
                live.recordValue(Math.max(0, System.nanoTime() - dueNanos(startNanos, last - from)) / 1_000);
            }
        }
        sender.join();
        answers.forEach(CompletableFuture::join);
        number += readings;
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                .printf(
                        Locale.ROOT,
                        "%s: to the viewer p50 %.2f p99 %.2f max %.1f ms; acknowledged p50 %.1f p99 %.1f ms;"
                                + " %d readings, %d refused%n",
                        name,
                        live.getValueAtPercentile(50) / 1e3,
                        live.getValueAtPercentile(99) / 1e3,
                        live.getMaxValue() / 1e3,
                        acknowledged.getValueAtPercentile(50) / 1e3,
                        acknowledged.getValueAtPercentile(99) / 1e3,
                        readings,
                        refused.get());
    }

    private static long dueNanos(long startNanos, int number) {
        return startNanos + number * (EVERY_MILLIS * 1_000_000L);
    }
}
