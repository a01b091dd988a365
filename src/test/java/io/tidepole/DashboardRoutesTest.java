package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and annotations as editors and viewers find them, by a whole server. */
final class DashboardRoutesTest {
    private static final String BOARD = "{\"title\":\"T\",\"panels\":[]}";

    @TempDir
    static Path folder;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Tidepole tidepole;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        Files.createDirectories(folder.resolve("boards"));
        Files.writeString(folder.resolve("boards/given.yaml"), "# by hand\ntitle: Given\n");
        tidepole = new Tidepole(
                Config.of(Map.of(
                        "http.port", "0",
                        "http.loops", "2",
                        "host.enabled", "false",
                        "mqtt.enabled", "false",
                        "data", folder.resolve("data").toString(),
                        "dashboards.folder", folder.resolve("boards").toString(),
                        "embed.frame_ancestors", "self https://intranet.example")),
                new Version("test"));
        port = tidepole.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterAll
    static void stop() {
        tidepole.stop();
    }

    private static HttpResponse<String> ask(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> put(String name, String body, String... headers)
            throws IOException, InterruptedException {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/json";
        return ask("PUT", "/api/v1/dashboards/" + name, body, all);
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("etag").orElseThrow();
    }

    @Test
    void dashboard_is_listed_and_given_as_json_and_as_the_yaml_that_it_is() throws Exception {
        assertThat(ask("GET", "/api/v1/dashboards", "").body())
                .contains("\"name\":\"given\",\"title\":\"Given\"")
                .contains("\"editable\":true");
        assertThat(ask("GET", "/api/v1/dashboards/given", "").body()).contains("\"dashboard\":{\"title\":\"Given\"");
        assertThat(ask("GET", "/api/v1/dashboards/given", "", "Accept", "application/yaml")
                        .body())
                .isEqualTo("# by hand\ntitle: Given\n");
        assertThat(ask("GET", "/api/v1/dashboards/none", "").statusCode()).isEqualTo(404);
    }

    @Test
    void dashboard_that_has_not_changed_is_not_sent_again() throws Exception {
        String etag = etag(ask("GET", "/api/v1/dashboards/given", ""));

        assertThat(ask("GET", "/api/v1/dashboards/given", "", "If-None-Match", etag)
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void editors_are_kept_apart_by_what_they_began_with() throws Exception {
        assertThat(put("two", BOARD).statusCode()).isEqualTo(428);
        HttpResponse<String> created = put("two", BOARD, "If-None-Match", "*");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(put("two", BOARD, "If-None-Match", "*").statusCode()).isEqualTo(412);
        HttpResponse<String> first = put("two", BOARD.replace("T", "First"), "If-Match", etag(created));
        assertThat(first.statusCode()).isEqualTo(200);

        HttpResponse<String> second = put("two", BOARD.replace("T", "Second"), "If-Match", etag(created));

        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("\"code\":\"changed_meanwhile\"");
        assertThat(ask("DELETE", "/api/v1/dashboards/two", "", "If-Match", etag(created))
                        .statusCode())
                .isEqualTo(412);
        assertThat(ask("DELETE", "/api/v1/dashboards/two", "", "If-Match", etag(first))
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void bad_requests_are_refused_with_a_code() throws Exception {
        assertThat(put("bad", "{\"panels\":[{}]}", "If-None-Match", "*"))
                .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(422))
                .satisfies(answer -> assertThat(answer.body())
                        .contains("\"code\":\"bad_dashboard\"")
                        .contains("\"at\":\"panels[0]\""));
        assertThat(put("..%2f..%2fescape", BOARD, "If-None-Match", "*").body()).contains("\"code\":\"bad_name\"");
        assertThat(ask("PUT", "/api/v1/dashboards/x", BOARD, "If-None-Match", "*", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(put("large", "\"" + "x".repeat(300_000) + "\"", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void change_and_annotation_reach_those_who_listen_at_once() throws Exception {
        try (RawViewer viewer = new RawViewer(port, "")) {
            viewer.send("{\"type\":\"subscribe\",\"topics\":[\"dashboard\",\"annotation\"]}");
            viewer.next("subscribed");

            put("heard", BOARD, "If-None-Match", "*");
            assertThat(viewer.next("\"type\":\"dashboard\"")).contains("\"name\":\"heard\",\"etag\":\"");

            HttpResponse<String> noted = ask(
                    "POST",
                    "/api/v1/annotations",
                    "{\"time\":1000,\"text\":\"deploy\"}",
                    "Content-Type",
                    "application/json");
            assertThat(noted.statusCode()).isEqualTo(201);
            assertThat(viewer.next("\"type\":\"annotation\"")).contains("\"text\":\"deploy\"");
            String id = noted.body().replaceAll(".*\"id\":(\\d+).*", "$1");

            assertThat(ask("GET", "/api/v1/annotations?from=0&until=2000", "").body())
                    .contains("deploy");
            assertThat(ask("DELETE", "/api/v1/annotations/" + id, "").statusCode())
                    .isEqualTo(204);
            assertThat(viewer.next("\"type\":\"annotation\"")).contains("\"removed\":" + id);
        }
    }

    @Test
    void annotation_that_a_form_of_another_site_could_send_is_refused() throws Exception {
        assertThat(ask("POST", "/api/v1/annotations", "{\"text\":\"x\"}", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
    }

    @Test
    void only_the_embedded_chart_may_stand_in_a_frame_and_only_of_those_named() throws Exception {
        assertThat(ask("GET", "/embed?select=a", "").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy -> assertThat(policy).contains("frame-ancestors 'self' https://intranet.example;"));
        for (String path : new String[] {"/", "/kiosk/given", "/dashboards/given"}) {
            assertThat(ask("GET", path, "").headers().firstValue("Content-Security-Policy"))
                    .hasValueSatisfying(policy -> assertThat(policy).contains("frame-ancestors 'none'"));
        }
    }
}
