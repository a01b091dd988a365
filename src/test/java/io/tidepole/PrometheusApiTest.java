package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.metric.Descriptor.Kind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests in the form in which Grafana and promtool send them. */
final class PrometheusApiTest {
    private static final String API = "/prometheus/api/v1";
    private static final long T = System.currentTimeMillis() / 60_000 * 60_000 - 600_000;
    private static final String SECONDS = Long.toString(T / 1_000);

    @TempDir
    private static Path data;

    private static Running server;

    @BeforeAll
    static void start() throws Exception {
        server = new Running(data);
        for (int i = 0; i <= 60; i++) {
            server.feed("temp", Map.of("site", "a"), Kind.GAUGE, T + i * 1_000L, 20.5);
            server.feed("temp", Map.of("site", "b"), Kind.GAUGE, T + i * 1_000L, 10);
            server.feed("hits", Map.of("site", "a"), Kind.COUNTER, T + i * 1_000L, i * 3);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void health_check_of_a_data_source_is_answered() throws Exception {
        HttpResponse<String> answer = server.post(API + "/query", "query", "1+1", "time", SECONDS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[" + SECONDS
                        + ",\"2\"]}}");
    }

    @Test
    void panel_of_a_dashboard_is_answered_by_get_and_by_post() throws Exception {
        String end = Long.toString(T / 1_000 + 60);
        String expected = "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":["
                + "{\"metric\":{\"site\":\"a\"},\"values\":[[" + (T / 1_000 + 60) + ",\"3\"]]}]}}";
        String query = "sum by (site) (rate(hits{site=~\"a|c\"}[30s]))";

        assertThat(server.post(API + "/query_range", "query", query, "start", end, "end", end, "step", "15")
                        .body())
                .isEqualTo(expected);
        assertThat(server.get(API + "/query_range?query=" + Running.encoded(query) + "&start=" + end + ".000&end=" + end
                                + ".000&step=15s")
                        .body())
                .isEqualTo(expected);
    }

    @Test
    void table_of_a_dashboard_is_answered() throws Exception {
        assertThat(server.post(API + "/query", "query", "avg(temp) by (site) > 15", "time", SECONDS + ".500")
                        .body())
                .endsWith("\"resultType\":\"vector\",\"result\":[{\"metric\":{\"site\":\"a\"},\"value\":[" + SECONDS
                        + ".500,\"20.5\"]}]}}");
        assertThat(server.get(API + "/query?query=temp%7Bsite%3D%22b%22%7D%5B3s%5D&time=" + (T / 1_000 + 2))
                        .body())
                .endsWith("\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"temp\",\"site\":\"b\"},"
                        + "\"values\":[[" + SECONDS + ",\"10\"],[" + (T / 1_000 + 1) + ",\"10\"],["
                        + (T / 1_000 + 2) + ",\"10\"]]}]}}");
    }

    @Test
    void names_and_values_for_menus_are_listed() throws Exception {
        assertThat(server.post(API + "/labels", "start", SECONDS, "match[]", "hits")
                        .body())
                .isEqualTo("{\"status\":\"success\",\"data\":[\"__name__\",\"site\"]}");
        assertThat(server.get(API + "/label/__name__/values").body()).contains("\"hits\",\"temp\"");
        assertThat(server.get(API + "/label/site/values?match%5B%5D=temp&start=" + SECONDS)
                        .body())
                .isEqualTo("{\"status\":\"success\",\"data\":[\"a\",\"b\"]}");
        assertThat(server.get(API + "/series?match%5B%5D=hits").body())
                .isEqualTo("{\"status\":\"success\",\"data\":[{\"__name__\":\"hits\",\"site\":\"a\"}]}");
        assertThat(server.get(API + "/series?match%5B%5D=hits&end=1000000").body())
                .contains("\"data\":[]");
        assertThat(server.get(API + "/metadata?metric=hits").body())
                .isEqualTo(
                        "{\"status\":\"success\",\"data\":{\"hits\":[{\"type\":\"counter\",\"help\":\"\",\"unit\":\"Cel\"}]}}");
        assertThat(server.get(API + "/status/buildinfo").body()).contains("\"version\":\"2.");
    }

    @Test
    void question_that_is_wrong_is_refused_in_the_shape_of_prometheus() throws Exception {
        HttpResponse<String> wrong = server.post(API + "/query", "query", "sum(");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body())
                .isEqualTo("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":"
                        + "\"invalid parameter \\\"query\\\": 1:5: parse error: unexpected end of input\"}");
        assertThat(server.post(API + "/query").body()).contains("bad_data");
        assertThat(server.get(API + "/query_range?query=1&start=1&end=2").body())
                .contains("\\\"step\\\"");
        assertThat(server.get(API + "/query_range?query=1&start=1&end=99999&step=1")
                        .body())
                .contains("11,000 points");
        assertThat(server.get(API + "/query_range?query=temp%5B5m%5D&start=1&end=2&step=1")
                        .body())
                .contains("range vector");
        assertThat(server.get(API + "/query?query=1&time=noon").body()).contains("\\\"time\\\"");
        assertThat(server.get(API + "/series").body()).contains("no match[] parameter");
        assertThat(server.get(API + "/series?match%5B%5D=%7B%7D").body()).contains("bad_data");
        HttpResponse<String> ambiguous = server.post(API + "/query", "query", "temp * on() temp", "time", SECONDS);
        assertThat(ambiguous.statusCode()).isEqualTo(422);
        assertThat(ambiguous.body()).contains("\"errorType\":\"execution\"").contains("many-to-many");
    }

    @Test
    void promtool_gets_what_it_asks_for() throws Exception {
        Needs.that(isInstalled("promtool"), "promtool, to ask as a real client");
        String url = "http://127.0.0.1:" + server.port + "/prometheus";

        assertThat(promtool("instant", "--time=" + SECONDS, url, "temp"))
                .contains("temp{site=\"a\"} => 20.5 @[" + SECONDS + "]")
                .contains("temp{site=\"b\"} => 10 @[" + SECONDS + "]");
        assertThat(promtool(
                        "range",
                        "--start=" + SECONDS,
                        "--end=" + (T / 1_000 + 60),
                        "--step=30s",
                        url,
                        "increase(hits[30s])"))
                .contains("{site=\"a\"} =>")
                .contains("90 @[" + (T / 1_000 + 60) + "]");
        assertThat(promtool("series", "--match=hits", url)).contains("{__name__=\"hits\", site=\"a\"}");
        assertThat(promtool("labels", url, "site")).isEqualTo("a\nb\n");
        assertThat(promtool("instant", url, "nonsense(")).contains("bad_data").contains("parse error");
    }

    private static boolean isInstalled(String command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool", "query"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
