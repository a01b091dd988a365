package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidepole.metric.Descriptor.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was sent live is what history answers, window by window. */
final class GaplessTest {
    private static final int[] INTERVALS = {100, 1_000, 2_000, 5_000};
    private static final String[] STATS = {"last", "min", "max", "mean", "sum", "count", "rate", "p50", "p95", "p99"};

    @TempDir
    private Path data;

    /** A subscription to both series with one statistic, and what it was sent. */
    private static final class Live {
        private final int intervalMillis;
        private final String stat;
        private final long afterMillis;
        private final Map<Integer, NavigableMap<Long, Double>> byId = new TreeMap<>();

        Live(int intervalMillis, String stat, long afterMillis) {
            this.intervalMillis = intervalMillis;
            this.stat = stat;
            this.afterMillis = afterMillis;
        }
    }

    @Test
    void history_has_the_values_that_were_sent_live_for_each_interval_and_statistic() throws Exception {
        try (Running server = new Running(data);
                RawViewer viewer = new RawViewer(server.port, RawViewer.COLUMNS)) {
            AtomicBoolean done = new AtomicBoolean();
            server.feed("counter", Map.of(), Kind.COUNTER, System.currentTimeMillis(), 0);
            server.feed("gauge", Map.of(), Kind.GAUGE, System.currentTimeMillis(), 0);
            Thread feeder = feeder(server, done);
            try {
                awaitSeries(viewer, "counter", "gauge");
                List<Live> all = subscribeToAll(viewer, INTERVALS, "counter", "gauge");
                follow(viewer, all, 10_000);
                compare(server, all, "counter", "gauge");
            } finally {
                done.set(true);
                feeder.join();
            }
        }
    }

    @Test
    void history_has_them_still_after_a_restart() throws Exception {
        List<Live> all;
        try (Running server = new Running(data);
                RawViewer viewer = new RawViewer(server.port, RawViewer.COLUMNS)) {
            AtomicBoolean done = new AtomicBoolean();
            Thread sender = sender(server, done);
            try {
                awaitSeries(viewer, "level");
                all = subscribeToAll(viewer, new int[] {1_000, 2_000}, "level");
                follow(viewer, all, 4_000);
            } finally {
                done.set(true);
                sender.join();
            }
            compare(server, all, "level");
        }
        try (Running again = new Running(data)) {
            compare(again, all, "level");
        }
    }

    /** Sends readings as a device does, one after the other, each acknowledged. */
    private static Thread sender(Running server, AtomicBoolean done) {
        Random random = new Random(6);
        Thread sender = new Thread(() -> {
            try {
                while (!done.get()) {
                    String reading = "{\"deviceId\":\"d\",\"level\":" + random.nextGaussian() + "}";
                    assertThat(server.send("/api/v1/readings", reading).statusCode())
                            .isEqualTo(200);
                    LockSupport.parkNanos(5_000_000);
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        sender.start();
        return sender;
    }

    private static Thread feeder(Running server, AtomicBoolean done) {
        Random random = new Random(5);
        Thread feeder = new Thread(() -> {
            double counter = 0;
            long lastMillis = 0;
            while (!done.get()) {
                LockSupport.parkNanos(8_000_000);
                long now = System.currentTimeMillis();
                if (now > lastMillis) {
                    lastMillis = now;
                    counter = random.nextInt(400) == 0 ? 0 : counter + random.nextInt(50);
                    server.feed("counter", Map.of(), Kind.COUNTER, now, counter);
                    server.feed("gauge", Map.of(), Kind.GAUGE, now, random.nextGaussian() * 100);
                }
            }
        });
        feeder.start();
        return feeder;
    }

    /** Series are known once a window of theirs has closed. */
    private static void awaitSeries(RawViewer viewer, String... metrics) throws IOException {
        viewer.send("{\"type\":\"subscribe\",\"select\":[\"" + String.join("\",\"", metrics) + "\"],\"interval\":0}");
        Set<String> known = new HashSet<>();
        while (known.size() < metrics.length) {
            Matcher metric = Pattern.compile("\"metric\":\"(\\w+)\"").matcher(viewer.next("\"series\":["));
            while (metric.find()) {
                known.add(metric.group(1));
            }
        }
    }

    private static List<Live> subscribeToAll(RawViewer viewer, int[] intervals, String... metrics) throws IOException {
        List<Live> all = new ArrayList<>();
        for (int interval : intervals) {
            for (String stat : STATS) {
                viewer.send("{\"type\":\"subscribe\",\"select\":[\"{__name__=~\\\"" + String.join("|", metrics)
                        + "\\\"}\"],\"interval\":" + interval + ",\"stat\":\"" + stat + "\"}");
                String answer = viewer.next("\"type\":\"subscribed\"");
                Live live = new Live(interval, stat, number(answer, "\"t\":(\\d+)"));
                Matcher id = Pattern.compile("\"id\":(\\d+)").matcher(answer);
                while (id.find()) {
                    live.byId.put(Integer.parseInt(id.group(1)), new TreeMap<>());
                }
                assertThat(live.byId).hasSize(metrics.length);
                all.add(live);
            }
        }
        return all;
    }

    private static long number(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    /** Takes updates for so long from the last subscription on. */
    private static void follow(RawViewer viewer, List<Live> all, long millis) throws IOException {
        Map<Integer, NavigableMap<Long, Double>> byId = new TreeMap<>();
        all.forEach(live -> byId.putAll(live.byId));
        long untilMillis = 0;
        for (Live live : all) {
            untilMillis = Math.max(untilMillis, live.afterMillis + millis);
        }
        for (long t = 0; t <= untilMillis; ) {
            String update = viewer.next("\"type\":\"metric.update\"");
            t = number(update, "\"t\":(\\d+)");
            String[] ids = update.replaceAll(".*\"ids\":\\[([^]]*)].*", "$1").split(",");
            String[] values =
                    update.replaceAll(".*\"values\":\\[([^]]*)].*", "$1").split(",");
            for (int i = 0; i < ids.length; i++) {
                NavigableMap<Long, Double> sent = byId.getOrDefault(Integer.parseInt(ids[i]), new TreeMap<>());
                if (!values[i].equals("null")) {
                    sent.put(t, Double.parseDouble(values[i]));
                }
            }
        }
    }

    private static void compare(Running server, List<Live> all, String... metrics)
            throws IOException, InterruptedException {
        for (Live live : all) {
            int which = 0;
            for (NavigableMap<Long, Double> sent : live.byId.values()) {
                String name = metrics[which++] + " " + live.stat + " of " + live.intervalMillis + " ms";
                assertThat(sent).as(name).isNotEmpty();
                NavigableMap<Long, Double> kept = history(server, metrics[which - 1], live, sent.lastKey());
                assertThat(kept.keySet()).as(name).isEqualTo(sent.keySet());
                sent.forEach((t, value) -> assertThat(kept.get(t))
                        .as(name + " at " + t)
                        .isCloseTo(value, within(Math.abs(value) * tolerance(live.stat))));
            }
        }
    }

    /** Sums are added in another order, and so may differ in their last digits. */
    private static double tolerance(String stat) {
        return switch (stat) {
            case "sum", "mean", "rate" -> 1e-9;
            default -> 0;
        };
    }

    private static NavigableMap<Long, Double> history(Running server, String metric, Live live, long untilMillis)
            throws IOException, InterruptedException {
        String answer = server.get("/api/v1/history?select=" + metric + "&step=" + live.intervalMillis + "&stat="
                        + live.stat + "&from=" + live.afterMillis + "&until=" + untilMillis)
                .body();
        String[] times = answer.replaceAll(".*?\"t\":\\[([^]]*)].*", "$1").split(",");
        String[] values = answer.replaceAll(".*\"values\":\\[([^]]*)].*", "$1").split(",");
        NavigableMap<Long, Double> kept = new TreeMap<>();
        for (int i = 0; i < times.length; i++) {
            if (!values[i].equals("null")) {
                kept.put(Long.parseLong(times[i]), Double.parseDouble(values[i]));
            }
        }
        return kept;
    }
}
