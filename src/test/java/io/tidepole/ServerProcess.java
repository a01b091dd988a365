package io.tidepole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a process of its own, which can be killed. */
final class ServerProcess {
    private static final Pattern STARTED = Pattern.compile("Tidepole \\S+ at (http://\\S+)");
    private static final Pattern MQTT = Pattern.compile("\"mqtt\":(\\d+)");

    private final Process process;
    final URI url;

    private ServerProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Starts one on free ports and waits until it serves. */
    static ServerProcess start(Path data, String... settings) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tidepole.Main",
                "--data=" + data,
                "--http.port=0",
                "--mqtt.port=0",
                "--http.loops=1",
                "--host.enabled=false"));
        command.addAll(List.of(settings));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return new ServerProcess(process, URI.create(started.group(1)));
            }
        }
        throw new IOException("the server did not start");
    }

    /** The body of an answer with status 200. */
    String get(HttpClient client, String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(url.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    int mqttPort(HttpClient client) throws IOException, InterruptedException {
        Matcher port = MQTT.matcher(get(client, "/api/v1/host"));
        if (!port.find()) {
            throw new IOException("no port for MQTT");
        }
        return Integer.parseInt(port.group(1));
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
    }

    /** SIGTERM. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
