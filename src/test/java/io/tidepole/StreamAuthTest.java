package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Viewers over plain HTTP who prove who they are, or do not. */
final class StreamAuthTest extends ClosedServer {
    private static final String PATH = "/api/v1/stream?interval=0&select=";

    private static HttpResponse<InputStream> open(String path, String... headers) throws Exception {
        var request = to(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    private static BufferedReader lines(HttpResponse<InputStream> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String part) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.contains(part)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void stream_is_opened_by_header_address_and_cookie_and_by_nothing_else() throws Exception {
        for (HttpResponse<InputStream> answer : List.of(
                open(PATH + "a", "Authorization", "Bearer " + all),
                open(PATH + "a&token=" + all),
                open(PATH + "a", "Cookie", "tidepole=" + all, "Sec-Fetch-Site", "same-origin"))) {
            try (BufferedReader lines = lines(answer)) {
                assertThat(next(lines, "\"subscribed\"")).contains("\"series\":[]");
            }
        }
        assertThat(open(PATH + "a").statusCode()).isEqualTo(401);
        assertThat(open(PATH + "a", "Authorization", "Bearer wrong").statusCode())
                .isEqualTo(401);
        assertThat(open(PATH + "a", "Cookie", "tidepole=" + all, "Sec-Fetch-Site", "cross-site")
                        .statusCode())
                .isEqualTo(401);
        assertThat(open(PATH + "a", "Authorization", "Bearer " + sensor).statusCode())
                .isEqualTo(403);
    }

    @Test
    void page_that_was_named_may_read_a_stream_with_a_token_and_another_may_not() throws Exception {
        HttpResponse<InputStream> named =
                open(PATH + "a", "Origin", "https://wall.example", "Authorization", "Bearer " + all);
        try (BufferedReader lines = lines(named)) {
            assertThat(named.headers().firstValue("Access-Control-Allow-Origin"))
                    .hasValue("https://wall.example");
            assertThat(next(lines, "subscribed")).isNotEmpty();
        }
        assertThat(open(PATH + "a", "Origin", "https://evil.example", "Authorization", "Bearer " + all)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void series_that_may_not_be_read_are_not_named() throws Exception {
        feed("streamed", "vault-7", 1);
        try (BufferedReader lines = lines(open(PATH + "streamed", "Authorization", "Bearer " + halls))) {
            assertThat(next(lines, "\"subscribed\"")).contains("\"series\":[]");
            feed("streamed", "vault-8", 2);
            feed("streamed", "hall-8", 3);
            assertThat(next(lines, "streamed")).contains("hall-8").doesNotContain("vault");
        }
    }

    @Test
    void stream_ends_when_its_token_expires_and_says_why() throws Exception {
        String brief = known("--read", "*", "--expires", "3s");
        try (BufferedReader lines = lines(open(PATH + "a", "Authorization", "Bearer " + brief))) {
            assertThat(next(lines, "auth.error")).contains("expired");
            assertThat(next(lines, "nothing more")).isEqualTo("null");
        }
        assertThat(open(PATH + "a", "Authorization", "Bearer " + brief).statusCode())
                .isEqualTo(401);
    }
}
