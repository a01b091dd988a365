package io.tidepole;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Measures how evenly frames come. Run it by hand beside a server that is fed: {@code StallSpeed WS_URL SECONDS
 * INTERVAL_MILLIS=SELECTOR…}, for each of which it opens a viewer. It says how long after the end of its window a frame
 * came, how much longer than the interval the gaps between frames were, and when the longest ones ended. Its own stops
 * are measured too: what is no longer than those says nothing of the server.
 */
final class StallSpeed {
    private static final int WORST = 8;
    private static final long NAP_NANOS = 2_000_000;
    private static final PrintStream OUT =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

    private StallSpeed() {}

    public static void main(String[] words) throws Exception {
        long seconds = Long.parseLong(words[1]);
        List<Viewer> viewers = new ArrayList<>();
        for (int i = 2; i < words.length; i++) {
            String[] wanted = words[i].split("=", 2);
            Viewer viewer = new Viewer(Integer.parseInt(wanted[0]), wanted[1]);
            viewers.add(viewer);
            WebSocket socket = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .subprotocols("metrics.v1.columns")
                    .buildAsync(URI.create(words[0]), viewer)
                    .get(30, TimeUnit.SECONDS);
            socket.sendText(
                            "{\"type\":\"subscribe\",\"select\":[\"" + viewer.selector.replace("\"", "\\\"")
                                    + "\"],\"interval\":"
                                    + viewer.intervalMillis + "}",
                            true)
                    .get(30, TimeUnit.SECONDS);
        }
        OUT.printf(Locale.ROOT, "own stops: longest %.1f ms%n", nap(seconds) / 1e6);
        viewers.forEach(Viewer::print);
        System.exit(0);
    }

    /** Sleeps a little again and again; how much too long at most. */
    private static long nap(long seconds) {
        long endNanos = System.nanoTime() + seconds * 1_000_000_000;
        long longest = 0;
        for (long before = System.nanoTime(); before < endNanos; ) {
            LockSupport.parkNanos(NAP_NANOS);
            long now = System.nanoTime();
            longest = Math.max(longest, now - before - NAP_NANOS);
            before = now;
        }
        return longest;
    }

    private record Gap(double millis, Instant ended) {}

    private static final class Viewer implements WebSocket.Listener {
        private static final Pattern WINDOW = Pattern.compile("\"t\":(\\d+)");

        private final int intervalMillis;
        private final String selector;
        private final Histogram delaysMicros = new Histogram(60_000_000L, 3);
        private final Histogram gapsMicros = new Histogram(60_000_000L, 3);
        private final List<Gap> worst = new ArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private long lastNanos;

        Viewer(int intervalMillis, String selector) {
            this.intervalMillis = intervalMillis;
            this.selector = selector;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                if (message.indexOf("\"type\":\"metric.update\"") >= 0) {
                    update(System.nanoTime());
                }
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void update(long nowNanos) {
            Matcher window = WINDOW.matcher(message);
            if (window.find()) {
                long lateMillis = System.currentTimeMillis() - Long.parseLong(window.group(1));
                delaysMicros.recordValue(Math.max(0, lateMillis) * 1_000);
            }
            if (lastNanos != 0) {
                long beyondMicros = Math.max(0, (nowNanos - lastNanos) / 1_000 - intervalMillis * 1_000L);
                gapsMicros.recordValue(beyondMicros);
                worst.add(new Gap(beyondMicros / 1e3, Instant.now()));
                worst.sort(Comparator.comparingDouble(Gap::millis).reversed());
                worst.subList(Math.min(WORST, worst.size()), worst.size()).clear();
            }
            lastNanos = nowNanos;
        }

        void print() {
            OUT.printf(
                    Locale.ROOT,
                    "%s at %d ms: %d frames; after their window p50 %.0f p99 %.0f p99.9 %.0f max %.0f ms; gaps beyond the"
                            + " interval p99 %.1f p99.9 %.1f max %.1f ms%n",
                    selector,
                    intervalMillis,
                    delaysMicros.getTotalCount(),
                    delaysMicros.getValueAtPercentile(50) / 1e3,
                    delaysMicros.getValueAtPercentile(99) / 1e3,
                    delaysMicros.getValueAtPercentile(99.9) / 1e3,
                    delaysMicros.getMaxValue() / 1e3,
                    gapsMicros.getValueAtPercentile(99) / 1e3,
                    gapsMicros.getValueAtPercentile(99.9) / 1e3,
                    gapsMicros.getMaxValue() / 1e3);
            worst.forEach(gap -> OUT.printf(Locale.ROOT, "    %s  %.1f ms%n", gap.ended, gap.millis));
        }
    }
}
