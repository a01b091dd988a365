package io.tidepole.demo;

import io.tidepole.protocol.JsonBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests over HTTP, each with all that is due, up to a thousand samples. */
final class RequestDoor implements Door {
    private static final int MAX_SAMPLES = 1_000;
    private static final int TOLD_CHARACTERS = 300;
    private static final Pattern ACCEPTED = Pattern.compile("\"accepted\":(\\d+)");
    private static final Pattern PARTLY = Pattern.compile("\"rejectedDataPoints\":\"?[1-9]");

    private final URI address;
    private final Format format;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final JsonBytes body = new JsonBytes(16_384);

    RequestDoor(URI server, Format format, String token) {
        this.address = server.resolve(format.path);
        this.format = format;
        this.token = token;
    }

    @Override
    public Outcome send(List<Sample> samples) throws IOException, InterruptedException {
        int accepted = 0;
        String trouble = "";
        for (int from = 0; from < samples.size(); from += MAX_SAMPLES) {
            Outcome part = post(samples.subList(from, Math.min(samples.size(), from + MAX_SAMPLES)));
            accepted += part.accepted();
            trouble = part.trouble().isEmpty() ? trouble : part.trouble();
        }
        return new Outcome(accepted, trouble);
    }

    private Outcome post(List<Sample> samples) throws IOException, InterruptedException {
        body.clear();
        format.write(samples, System.currentTimeMillis(), body);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", format.contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        String said = response.body();
        if (response.statusCode() / 100 == 2 && !PARTLY.matcher(said).find()) {
            return new Outcome(samples.size(), "");
        }
        Matcher accepted = ACCEPTED.matcher(said);
        return new Outcome(
                accepted.find() ? Integer.parseInt(accepted.group(1)) : 0,
                "the server says " + response.statusCode() + " "
                        + said.substring(0, Math.min(said.length(), TOLD_CHARACTERS))
                                .strip());
    }

    @Override
    public void close() {}
}
