package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many viewers over a restart, all of which want to be back at once. */
@Timeout(240)
final class RestartTest {
    private static final int VIEWERS = 200;
    /** A second; twice as many at once. */
    private static final int ACCEPT_RATE = 40;

    private static final long WINDOW_MILLIS = 1_000;
    private static final Pattern TIME = Pattern.compile("\"t\":(\\d+)");

    @TempDir
    private Path data;

    private final AtomicInteger refusals = new AtomicInteger();
    /** The end of each window with a reading that was acknowledged, and whether that was before it ended. */
    private final NavigableMap<Long, Boolean> acknowledged = new ConcurrentSkipListMap<>();

    private volatile boolean over;
    private int port;

    private Running server() throws Exception {
        return new Running(
                data,
                "http.port",
                Integer.toString(port),
                "connections.accept_rate",
                Integer.toString(ACCEPT_RATE),
                "shutdown.grace",
                "1s");
    }

    private static long number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(text).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000);
        }
    }

    /** A viewer as our pages are: it comes again when it is told to, and asks history for what it missed. */
    private final class Viewer extends Thread {
        private final Set<Long> seen = ConcurrentHashMap.newKeySet();
        /** From the last window that it has to the time from which it is sent more. */
        private final List<long[]> holes = new ArrayList<>();

        private final AtomicInteger arrivals = new AtomicInteger();
        private volatile long last;

        @Override
        public void run() {
            while (!over) {
                try (RawViewer socket = new RawViewer(port, RawViewer.COLUMNS)) {
                    if (socket.response.startsWith("HTTP/1.1 101")) {
                        watch(socket);
                    } else {
                        refusals.incrementAndGet();
                        comeAgain(1_000 * number(Pattern.compile("Retry-After: (\\d+)"), socket.response));
                    }
                } catch (IOException gone) {
                    comeAgain(500);
                }
            }
        }

        private void comeAgain(long millis) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                    millis / 2 + ThreadLocalRandom.current().nextLong(millis)));
        }

        private void watch(RawViewer socket) throws IOException {
            socket.send("{\"type\":\"subscribe\",\"select\":[\"seq\"],\"interval\":" + WINDOW_MILLIS + "}");
            long from = number(TIME, socket.next("\"subscribed\""));
            holes.add(new long[] {last, from});
            last = from;
            arrivals.incrementAndGet();
            while (true) {
                long t = number(TIME, socket.next("\"metric.update\""));
                seen.add(t);
                last = t;
            }
        }

        private boolean isIn(long window, long[] hole) {
            return window > hole[0] && window <= hole[1];
        }

        /** What it lacks of what it has to have, out of history too. */
        private List<Long> missing(Running server, Map<String, Set<Long>> answers) throws Exception {
            List<long[]> missed = holes.subList(1, holes.size());
            for (long[] hole : missed) {
                seen.addAll(history(server, hole[0], hole[1], answers));
            }
            return acknowledged.subMap(holes.get(0)[1], false, last, true).entrySet().stream()
                    .filter(window ->
                            window.getValue() || missed.stream().anyMatch(hole -> isIn(window.getKey(), hole)))
                    .map(Map.Entry::getKey)
                    .filter(window -> !seen.contains(window))
                    .toList();
        }
    }

    private static Set<Long> history(Running server, long from, long until, Map<String, Set<Long>> answers)
            throws Exception {
        String range = "&from=" + from + "&until=" + until;
        Set<Long> known = answers.get(range);
        if (known == null) {
            String answer = server.get("/api/v1/history?select=seq&stat=count&step=" + WINDOW_MILLIS + range)
                    .body();
            String[] times =
                    answer.replaceAll("(?s).*?\"t\":\\[([^]]*)].*", "$1").split(",");
            String[] counts =
                    answer.replaceAll("(?s).*\"values\":\\[([^]]*)].*", "$1").split(",");
            known = Arrays.stream(times)
                    .filter(time -> time.matches("\\d+") && times.length == counts.length)
                    .filter(time -> !counts[Arrays.asList(times).indexOf(time)].equals("null"))
                    .map(Long::valueOf)
                    .collect(Collectors.toSet());
            answers.put(range, known);
        }
        return known;
    }

    /** A reading after the other, each sent until it is acknowledged, as a device does that keeps what it measured. */
    private void sendReadings(Running first) {
        for (int i = 0; !over; i++) {
            long stamp = System.currentTimeMillis();
            stamp += stamp % WINDOW_MILLIS == 0 ? 1 : 0;
            long windowEnd = stamp - stamp % WINDOW_MILLIS + WINDOW_MILLIS;
            String reading = "{\"deviceId\":\"d\",\"seq\":" + i + ",\"timestamp\":" + stamp + "}";
            while (!over && !isTaken(first, reading)) {
                LockSupport.parkNanos(50_000_000);
            }
            acknowledged.merge(windowEnd, System.currentTimeMillis() < windowEnd, Boolean::logicalOr);
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Either server is asked at the same port. */
    private static boolean isTaken(Running server, String reading) {
        try {
            return server.send("/api/v1/readings", reading).statusCode() == 200;
        } catch (IOException down) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void viewers_who_come_back_faster_than_they_are_let_in_are_all_back_and_have_no_gap() throws Exception {
        port = Running.freePort();
        List<Viewer> viewers = new ArrayList<>();
        Running first = server();
        Thread device = new Thread(() -> sendReadings(first));
        try {
            device.start();
            for (int i = 0; i < VIEWERS; i++) {
                Viewer viewer = new Viewer();
                viewers.add(viewer);
                viewer.start();
            }
            awaitAll(viewers, 1);
        } finally {
            first.close();
        }
        int refusedBefore = refusals.get();
        try (Running second = server()) {
            awaitAll(viewers, 2);
            assertThat(refusals.get()).as("those who came too fast").isGreaterThan(refusedBefore);
            over = true;
            device.join();
            Map<String, Set<Long>> answers = new HashMap<>();
            for (Viewer viewer : viewers) {
                assertThat(viewer.arrivals).hasValue(2);
                assertThat(viewer.missing(second, answers)).isEmpty();
            }
            assertThat(acknowledged.size()).isGreaterThan(3);
        } finally {
            over = true;
        }
        for (Viewer viewer : viewers) {
            viewer.join();
        }
    }

    /** All have come so often, and have seen a window or two since. */
    private static void awaitAll(List<Viewer> viewers, int arrivals) {
        await("arrival " + arrivals, () -> viewers.stream().allMatch(viewer -> viewer.arrivals.get() == arrivals));
        long now = System.currentTimeMillis();
        await("windows", () -> viewers.stream().allMatch(viewer -> viewer.last > now));
    }
}
