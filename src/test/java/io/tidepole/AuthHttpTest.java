package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The HTTP interface as strangers and others see it, and people who log in. */
final class AuthHttpTest extends ClosedServer {
    // ---- HTTP

    @Test
    void interface_is_closed_to_strangers_and_health_and_files_are_not() throws Exception {
        for (String path : List.of("/api/v1/stats", "/api/v1/history?select=a", "/api/v1/devices", "/metrics", "/x")) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(401);
            assertThat(answer.body()).contains("not_authenticated");
            assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        }
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/", "Accept", "text/html").headers().firstValue("location"))
                .hasValue("/login?next=%2F");
        assertThat(get("/v/dev/tokens.css").statusCode()).isEqualTo(200);
        assertThat(get("/manifest.webmanifest").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/config", "Authorization", "Bearer " + all).statusCode())
                .isEqualTo(403);
        assertThat(get("/api/v1/me").body()).isEqualTo("{\"authentication\":true}");
        String basic = Base64.getEncoder().encodeToString(("anybody:" + all).getBytes(StandardCharsets.UTF_8));
        assertThat(get("/api/v1/stats", "Authorization", "Basic " + basic).statusCode())
                .as("a token as the password of any name")
                .isEqualTo(200);
    }

    @Test
    void history_and_devices_name_only_what_may_be_read() throws Exception {
        assertThat(post(
                                "/api/v1/readings",
                                "{\"deviceId\":\"sensor-5\",\"kept\":1}",
                                "Authorization",
                                "Bearer " + sensor)
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/api/v1/devices", "Authorization", "Bearer " + all).body())
                .contains("sensor-5");
        assertThat(get("/api/v1/devices", "Authorization", "Bearer " + halls).body())
                .doesNotContain("sensor-5");
        assertThat(get("/api/v1/devices/sensor-5", "Authorization", "Bearer " + halls)
                        .statusCode())
                .isEqualTo(404);
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (!get("/api/v1/history?select=kept", "Authorization", "Bearer " + all)
                .body()
                .contains("sensor-5")) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        assertThat(get("/api/v1/history?select=kept", "Authorization", "Bearer " + halls)
                        .body())
                .contains("\"series\":[]");
    }

    @Test
    void queries_that_come_by_post_need_a_right_to_read_and_name_only_what_may_be_read() throws Exception {
        String[] form = {"Content-Type", "application/x-www-form-urlencoded", "Authorization", "Bearer " + halls};
        HttpResponse<String> answer = post("/prometheus/api/v1/query", "query=asked", form);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"result\":[]");
        assertThat(post("/prometheus/api/v1/query", "query=asked").statusCode()).isEqualTo(401);
    }

    @Test
    void writers_write_for_their_devices_and_read_nothing() throws Exception {
        String[] mine = {"Authorization", "Token " + sensor};
        assertThat(post("/write", "t,device=sensor-2 value=1", mine).statusCode())
                .isEqualTo(204);
        HttpResponse<String> other = post("/write", "t,device=oven-2 value=1", mine);
        assertThat(other.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(other.body()).contains("forbidden");
        assertThat(post("/write", "t,device=sensor-2 value=1").statusCode()).isEqualTo(401);
        assertThat(post("/api/v2/write", "t,device=sensor-2 value=1").body()).contains("\"unauthorized\"");
        assertThat(get("/api/v1/stats", mine).statusCode()).isEqualTo(403);
        assertThat(post("/api/v1/annotations", "{}", "Authorization", "Bearer " + halls)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void pages_of_other_origins_may_do_nothing_unless_they_are_named() throws Exception {
        String host = "127.0.0.1:" + port;
        for (String foreign : List.of(
                "http://evil.example",
                "null",
                "http://" + host + ".evil.example",
                "http://evil.example/" + host,
                "http://" + host + "0",
                "https://wall.example.evil")) {
            assertThat(post("/api/v1/readings", "{}", "Origin", foreign, "Authorization", "Bearer " + sensor)
                            .statusCode())
                    .as(foreign)
                    .isEqualTo(403);
            try (RawViewer viewer = new RawViewer(port, "Origin: " + foreign + "\r\n" + bearer(all))) {
                assertThat(viewer.response).as(foreign).startsWith("HTTP/1.1 403");
            }
        }
        HttpResponse<String> named =
                get("/api/v1/stats", "Origin", "https://wall.example", "Authorization", "Bearer " + all);
        assertThat(named.headers().firstValue("access-control-allow-origin")).hasValue("https://wall.example");
        assertThat(named.headers().firstValue("access-control-allow-credentials"))
                .isEmpty();
        assertThat(get("/api/v1/stats", "Origin", "http://evil.example", "Authorization", "Bearer " + all)
                        .headers()
                        .firstValue("access-control-allow-origin"))
                .isEmpty();
        try (RawViewer viewer = new RawViewer(port, "Origin: https://wall.example\r\n" + bearer(all))) {
            assertThat(viewer.response).startsWith("HTTP/1.1 101");
        }
    }

    @Test
    void token_in_the_address_of_a_page_moves_to_a_cookie() throws Exception {
        HttpResponse<String> answer = get("/devices?a=1&token=" + all + "&b=2", "Accept", "text/html");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).hasValue("/devices?a=1&b=2");
        assertThat(answer.headers().firstValue("set-cookie")).hasValueSatisfying(cookie -> assertThat(cookie)
                .startsWith("tidepole=" + all)
                .containsIgnoringCase("HttpOnly")
                .contains("SameSite=Lax"));
    }

    @Test
    void headers_stand_on_errors_too() throws Exception {
        for (String path : List.of("/api/v1/stats", "/nowhere", "/login")) {
            HttpResponse<String> answer = get(path);
            for (String header : List.of("content-security-policy", "x-content-type-options", "referrer-policy")) {
                assertThat(answer.headers().firstValue(header))
                        .as(path + " " + header)
                        .isPresent();
            }
        }
    }

    // ---- people

    @Test
    void person_logs_in_with_a_password_and_out_again() throws Exception {
        command("password", "correct horse\n", "set", "ada", "--read", "*");
        String origin = "http://127.0.0.1:" + port;
        HttpResponse<String> form = get("/login?next=/devices");
        assertThat(form.body())
                .contains("value=\"/devices\"")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContain("/auth/oidc");
        assertThat(form.headers().firstValue("referrer-policy")).hasValue("same-origin");
        HttpResponse<String> wrong = login("name=ada&password=wrong-one&next=/devices", origin);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("wrong").doesNotContain("wrong-one");
        HttpResponse<String> right = login("name=ada&password=correct+horse&next=//evil.example/", origin);
        assertThat(right.statusCode()).isEqualTo(303);
        assertThat(right.headers().firstValue("location")).hasValue("/");
        String cookie = right.headers().firstValue("set-cookie").orElseThrow().split(";")[0];
        assertThat(get("/api/v1/me", "Cookie", cookie).body()).contains("\"userId\":\"ada\"");
        try (RawViewer viewer = new RawViewer(port, "Origin: " + origin + "\r\nCookie: " + cookie + "\r\n")) {
            viewer.send(subscribe("login"));
            viewer.next("subscribed");
            post("/auth/logout", "", "Origin", origin, "Cookie", cookie);
            assertThat(viewer.closeCode()).isEqualTo(4001);
        }
        assertThat(get("/api/v1/stats", "Cookie", cookie).statusCode()).isEqualTo(401);
        assertThat(login("name=ada&password=correct+horse", "http://evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    private static HttpResponse<String> login(String form, String origin) throws Exception {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (true) {
            HttpResponse<String> answer =
                    post("/login", form, "Origin", origin, "Content-Type", "application/x-www-form-urlencoded");
            // A person that was just made is known within a second or so.
            if (answer.statusCode() != 401 || !form.contains("correct") || System.nanoTime() > deadline) {
                return answer;
            }
        }
    }
}
