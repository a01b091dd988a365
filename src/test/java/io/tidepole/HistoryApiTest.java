package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor.Kind;
import io.vertx.core.Future;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryApiTest {
    /** A while ago, so that its windows are closed for good; the end of a window of each length that is asked for. */
    private static final long T = System.currentTimeMillis() / 900_000 * 900_000 - 900_000;

    @TempDir
    private static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws Exception {
        server = new Running(data);
        for (int i = 0; i < 300; i++) {
            String site = i % 2 == 0 ? "north" : "south";
            server.feed("t", Map.of("site", site, "id", "" + i % 4), Kind.GAUGE, T + i * 1_000L, i / 2.0);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String history(String query) throws IOException, InterruptedException {
        return server.get("/api/v1/history?from=" + T + "&until=" + (T + 300_000) + "&" + query)
                .body();
    }

    @Test
    void csv_has_a_column_for_each_series_and_no_line_for_empty_windows() throws Exception {
        String path = "/api/v1/history.csv?select=t&step=1000&from=" + T + "&until=" + (T + 5_000);
        HttpResponse<String> csv = server.get(path);

        assertThat(csv.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/csv"));
        assertThat(csv.body().lines().findFirst())
                .hasValue("time,\"t{id=\"\"0\"\",site=\"\"north\"\"}\",\"t{id=\"\"1\"\",site=\"\"south\"\"}\","
                        + "\"t{id=\"\"2\"\",site=\"\"north\"\"}\",\"t{id=\"\"3\"\",site=\"\"south\"\"}\"");
        assertThat(csv.body().lines().skip(2).findFirst().orElse("")).matches("20.*Z,,0\\.5,,");
        assertThat(csv.body().lines()).hasSize(6);
        assertThat(server.get(path.replace(".csv", ""), "Accept", "text/csv").body())
                .isEqualTo(csv.body());
    }

    @Test
    void points_choose_the_finest_step_that_stays_within_them() throws Exception {
        assertThat(history("select=t&points=300")).startsWith("{\"step\":1000,");
        assertThat(history("select=t&points=299")).startsWith("{\"step\":2000,");
        assertThat(history("select=t&points=2")).startsWith("{\"step\":120000,");
        assertThat(history("select=t{id=\"0\"}&points=5"
                        .replace("{", "%7B")
                        .replace("\"", "%22")
                        .replace("}", "%7D")))
                .contains("\"values\":[28,58,88,118,148],\"min\":[0,30,60,90,120],\"max\":[28,58,88,118,148],"
                        + "\"first\":[0,30,60,90,120]");
    }

    @Test
    void series_are_aggregated_by_labels() throws Exception {
        assertThat(history("select=t&step=300000&stat=count&by=site"))
                .contains("\"labels\":{\"site\":\"north\"},\"unit\":\"Cel\",\"values\":[150]")
                .contains("\"labels\":{\"site\":\"south\"},\"unit\":\"Cel\",\"values\":[150]");
        assertThat(history("select=t&step=300000&stat=max&by="))
                .contains("\"labels\":{},\"unit\":\"Cel\",\"values\":[149.5]");
    }

    @Test
    void line_is_reduced_to_points_that_show_its_shape() throws Exception {
        String answer = history("select=t&reduce=lttb&points=10");
        assertThat(answer).startsWith("{\"reduce\":\"lttb\"").contains("\"t\":[" + T + ",");
        assertThat(history("select=t&reduce=other")).contains("bad_request").contains("windows or lttb");
    }

    @Test
    void closed_range_is_named_by_its_content_until_something_comes_late_into_it() throws Exception {
        String path = "/api/v1/history?select=late&step=1000&from=" + T + "&until=" + (T + 60_000);
        server.feed("late", Map.of(), Kind.GAUGE, T + 1_000, 1);
        HttpResponse<String> first = server.get(path);
        String tag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = server.get(path, "If-None-Match", tag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        server.feed("late", Map.of(), Kind.GAUGE, T + 2_000, 2);
        HttpResponse<String> other = server.get(path, "If-None-Match", tag);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.headers().firstValue("ETag")).isPresent().get().isNotEqualTo(tag);

        HttpResponse<String> open = server.get("/api/v1/history?select=late");
        assertThat(open.headers().firstValue("ETag")).isEmpty();
        assertThat(open.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void large_answer_is_compressed_once_for_those_who_take_it() throws Exception {
        String path = "/api/v1/history?select=t&step=1000&from=" + T + "&until=" + (T + 300_000);
        HttpResponse<byte[]> compressed = server.bytes(path, "Accept-Encoding", "gzip");

        assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
        try (GZIPInputStream inflating = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(new String(inflating.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(server.get(path).body());
        }
    }

    @Test
    void question_that_is_wrong_or_too_large_is_refused_with_what_to_do() throws Exception {
        assertThat(server.get("/api/v1/history").body()).contains("bad_request").contains("select is missing");
        assertThat(server.get("/api/v1/history?select=%7B").body())
                .contains("bad_selector")
                .contains("column");
        assertThat(history("select=t&step=1&points=3")).contains("bad_request").contains("20000 windows");
        assertThat(history("select=t&step=0")).contains("step is 1 to 86400000");
        assertThat(history("select=t&stat=median")).contains("stat is last, min");
        assertThat(history("select=t&points=0")).contains("points is 1 to 20000");
        assertThat(server.get("/api/v1/history?select=t&from=5&until=4").body()).contains("until lies before from");
        assertThat(server.get("/api/v1/history?select=t&from=x").body()).contains("from is a whole number");
        for (int i = 0; i < 150; i++) {
            server.feed("wide", Map.of("id", "" + i), Kind.GAUGE, T, i);
        }
        HttpResponse<String> wide = server.get(
                "/api/v1/history?select=wide&step=1000&from=" + (T - 20_000_000 + 1_000) + "&until=" + (T + 1_000));
        assertThat(wide.statusCode()).isEqualTo(400);
        assertThat(wide.body()).contains("too_much").contains("fewer series");
    }

    @Test
    void question_beyond_those_that_may_be_asked_at_a_time_is_told_to_come_back(@TempDir Path other) throws Exception {
        try (Running busy = new Running(other, "history.threads", "1", "history.max_questions", "1")) {
            CountDownLatch done = new CountDownLatch(1);
            Future<Boolean> first = busy.ask(past -> done.await(60, TimeUnit.SECONDS));
            for (String path : List.of(
                    "/api/v1/history?select=t", "/api/v1/series?select=t", "/prometheus/api/v1/query?query=up")) {
                HttpResponse<String> refused = busy.get(path);
                assertThat(refused.statusCode()).as(path).isEqualTo(503);
                assertThat(refused.body()).contains("unavailable");
                assertThat(refused.headers().firstValue("Retry-After")).as(path).hasValue("1");
            }
            done.countDown();
            first.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
            assertThat(busy.get("/api/v1/history?select=t").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void disk_is_told_in_stats_and_to_prometheus(@TempDir Path other) throws Exception {
        try (Running keeps = new Running(other)) {
            assertThat(keeps.send("/api/v1/readings", "{\"deviceId\":\"d\",\"level\":1}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(keeps.get("/api/v1/stats").body())
                    .contains("\"disk\":{\"state\":\"good\",")
                    .contains("\"waiting\":0,\"unsealed\":1,\"commits\":1,\"readings\":1,\"unkept\":0,");
            assertThat(keeps.get("/metrics").body())
                    .contains("tidepole_history_readings_total 1.0")
                    .contains("tidepole_history_waiting 0.0")
                    .contains("tidepole_history_disk_bytes ")
                    .contains("tidepole_history_commit_millis ");
        }
    }

    @Test
    void series_are_listed_searched_and_paged() throws Exception {
        String first = server.get("/api/v1/series?select=t&limit=3").body();
        assertThat(first)
                .startsWith(
                        "{\"total\":4,\"metrics\":1,\"series\":[{\"metric\":\"t\",\"labels\":{\"id\":\"0\",\"site\":\"north\"},"
                                + "\"unit\":\"Cel\",\"kind\":\"gauge\",\"lastTime\":" + (T + 296_000) + "}");
        String cursor = first.replaceAll(".*\"next\":\"([^\"]*)\".*", "$1");
        assertThat(server.get("/api/v1/series?select=t&limit=3&cursor=" + cursor)
                        .body())
                .contains("\"id\":\"3\"")
                .doesNotContain("\"id\":\"0\"")
                .doesNotContain("next");
        assertThat(server.get("/api/v1/series?select=t&search=SOUTH%20cel").body())
                .startsWith("{\"total\":2,");
        assertThat(server.get("/api/v1/series?search=nowhere").body())
                .isEqualTo("{\"total\":0,\"metrics\":0,\"series\":[]}");
        assertThat(server.get("/api/v1/series?cursor=*").body()).contains("cursor is none that was given out");
        assertThat(server.get("/api/v1/series?limit=1001").body()).contains("limit is 1 to 1000");
    }
}
