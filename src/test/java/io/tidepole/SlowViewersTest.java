package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.bus.Topics;
import io.tidepole.config.Config;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.tidepole.push.LateBundles;
import io.tidepole.window.Series;
import io.tidepole.window.Tick;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Viewers that do not keep up, and what they are told when they do: over real sockets. */
final class SlowViewersTest {
    private static final int SERIES = 500;
    private static final String ALL = "{\"type\":\"subscribe\",\"select\":[\"{wide=\\\"yes\\\"}\"],\"interval\":0}";

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private Tidepole tidepole;

    private int port;

    private void start(String... settings) throws Exception {
        Map<String, String> all = new HashMap<>(Map.of(
                "http.port", "0",
                "http.loops", "1",
                "host.enabled", "false",
                "mqtt.enabled", "false",
                "history.durability", "memory"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        tidepole = new Tidepole(Config.of(all), new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        tidepole.stop();
    }

    private static Descriptor series(int number) {
        return Descriptor.gauge(SeriesKey.of("wide_" + number, "wide", "yes"), Unit.ONE);
    }

    private void feed(double value) {
        long now = System.currentTimeMillis() * 1_000;
        ReadingBatch.Builder batch = new ReadingBatch.Builder(SERIES);
        for (int i = 0; i < SERIES; i++) {
            batch.add(series(i), now, value);
        }
        Topics.READINGS.publisher(tidepole.vertx()).accept(batch.build(now));
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** A subscribed viewer that reads no more, and is behind. */
    private RawViewer stalled(String headers) throws IOException {
        RawViewer viewer = new RawViewer(port, headers, 4_096);
        viewer.send(ALL);
        viewer.next("subscribed");
        long[] nextNanos = {System.nanoTime()};
        await(() -> {
            if (System.nanoTime() >= nextNanos[0]) {
                feed(1);
                nextNanos[0] += 20_000_000;
            }
            return tidepole.hub().figures().behind() == 1;
        });
        return viewer;
    }

    @Test
    void viewer_that_stays_behind_is_told_and_stepped_up_again_when_it_keeps_up() throws Exception {
        start("push.degrade_after", "100ms", "push.restore_after", "1s");
        try (RawViewer viewer = stalled(RawViewer.COLUMNS + RawViewer.DEFLATE)) {
            assertThat(tidepole.hub().figures().mostHeld()).isBetween(1L, 65_536L);
            long catchUps = tidepole.hub().figures().catchUps();
            assertThat(viewer.next("subscription.degraded")).contains("\"interval\":2000");
            RawViewer.Frame catchUp = viewer.nextFrame("\"merged\":");
            assertThat(catchUp.compressed()).isTrue();
            viewer.next("subscription.restored");
            await(() -> tidepole.hub().figures().behind() == 0);
            assertThat(tidepole.hub().figures().catchUps()).isGreaterThan(catchUps);
            feed(3);
            viewer.next("\"values\":[3,");
        }
    }

    @Test
    void viewer_that_takes_nothing_for_long_is_closed_and_others_are_not() throws Exception {
        start("push.degrade_after", "500ms", "push.close_after", "1s");
        try (RawViewer reading = new RawViewer(port, RawViewer.COLUMNS);
                RawViewer viewer = stalled(RawViewer.COLUMNS)) {
            await(() -> tidepole.hub().figures().tooSlow() == 1);
            assertThatThrownBy(() -> viewer.next("what is never sent")).isInstanceOf(IOException.class);
            reading.send(ALL);
            reading.next("subscribed");
            feed(4);
            reading.next("\"values\":[4,");
        }
    }

    @Test
    void viewer_that_is_slow_is_not_taken_for_dead() throws Exception {
        start("push.degrade_after", "500ms", "push.close_after", "15s", "websocket.heartbeat", "1s");
        try (RawViewer viewer = stalled(RawViewer.COLUMNS)) {
            await(() -> tidepole.hub().figures().tooSlow() == 1);
            assertThat(tidepole.hub().figures().dead()).isZero();
            assertThatThrownBy(() -> viewer.next("what is never sent")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void series_that_is_forgotten_is_announced_to_its_viewers_and_to_those_who_missed_it() throws Exception {
        start();
        try (RawViewer slow = stalled(RawViewer.COLUMNS);
                RawViewer reading = new RawViewer(port, RawViewer.COLUMNS)) {
            reading.send(ALL);
            reading.next("subscribed");
            Topics.TICKS
                    .publisher(tidepole.vertx())
                    .accept(new Tick(1, System.currentTimeMillis(), List.of(), List.of(new Series(7, series(7)))));
            String id = reading.next("series.removed").replaceAll("\\D+", "");
            assertThat(id).isNotEmpty();
            assertThat(slow.next("series.removed").replaceAll("\\D+", "")).isEqualTo(id);
        }
    }

    @Test
    void loop_that_is_late_sends_nothing_until_it_is_in_time_and_then_one_update_for_all() throws Exception {
        start();
        LateBundles late = new LateBundles(tidepole.vertx());
        try (RawViewer viewer = new RawViewer(port, RawViewer.COLUMNS)) {
            viewer.send(ALL);
            viewer.next("subscribed");
            feed(5);
            viewer.next("\"values\":[5,");
            late.repeatNextLate();
            feed(6);
            assertThat(viewer.next("metric.update")).contains("\"merged\":");
            feed(7);
            assertThat(viewer.next("\"values\":[7,")).doesNotContain("\"merged\":");
        }
    }
}
