package io.tidepole.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sends readings of a plant that does not exist, through the doors that real devices use. */
public final class Demo {
    private static final int MAX_LINES = 1_000;
    private static final long TOLD_EVERY_MILLIS = 10_000;

    private final DemoOptions options;
    private final PrintStream out;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final List<Machine> machines = new ArrayList<>();
    private long sent;
    private long refused;
    private String trouble = "";

    private Demo(DemoOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        for (int i = 0; i < options.devices(); i++) {
            machines.add(new Machine(i));
        }
    }

    /** Runs until it is done or interrupted; returns the exit code. */
    public static int run(List<String> words, PrintStream out) throws InterruptedException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(words);
        } catch (IllegalArgumentException bad) {
            out.println(bad.getMessage());
            out.println(DemoOptions.HELP);
            return 2;
        }
        return new Demo(options, out).run();
    }

    private int run() throws InterruptedException {
        out.println(machines.size() + " devices send to " + options.server() + ", " + options.perSecond()
                + " readings a second each. Stop with Ctrl-C.");
        long startedNanos = System.nanoTime();
        long toldMillis = 0;
        long beatMillis = Math.round(1_000 / options.perSecond());
        for (long beat = 0; options.seconds() == 0 || beat * beatMillis < options.seconds() * 1_000L; beat++) {
            long elapsedMillis = (System.nanoTime() - startedNanos) / 1_000_000;
            if (beat * beatMillis > elapsedMillis) {
                Thread.sleep(beat * beatMillis - elapsedMillis);
            }
            send(beat * beatMillis / 1e3);
            if (elapsedMillis - toldMillis >= TOLD_EVERY_MILLIS) {
                toldMillis = elapsedMillis;
                tell();
            }
        }
        tell();
        return sent > 0 ? 0 : 1;
    }

    private void tell() {
        out.println(sent + " sent" + (refused > 0 ? ", " + refused + " refused" : "")
                + (trouble.isEmpty() ? "" : "; " + trouble));
    }

    private void send(double seconds) throws InterruptedException {
        StringBuilder body = new StringBuilder();
        int lines = 0;
        for (Machine machine : machines) {
            Map<String, Double> values = machine.at(seconds);
            if (!values.isEmpty()) {
                write(machine, values, body);
                lines++;
            }
            if (lines == MAX_LINES) {
                post(body.toString(), lines);
                body.setLength(0);
                lines = 0;
            }
        }
        if (lines > 0) {
            post(body.toString(), lines);
        }
    }

    private void write(Machine machine, Map<String, Double> values, StringBuilder body) {
        if (options.door() == DemoOptions.Door.JSON) {
            body.append("{\"deviceId\":\"")
                    .append(machine.device)
                    .append("\",\"line\":\"")
                    .append(machine.line);
            body.append('"');
            values.forEach((measure, value) ->
                    body.append(",\"").append(measure).append("\":").append(value));
            body.append("}\n");
        } else {
            body.append("sensors,device=")
                    .append(machine.device)
                    .append(",line=")
                    .append(machine.line);
            char separator = ' ';
            for (Map.Entry<String, Double> value : values.entrySet()) {
                body.append(separator).append(value.getKey()).append('=').append(value.getValue());
                separator = ',';
            }
            body.append('\n');
        }
    }

    private void post(String body, int lines) throws InterruptedException {
        boolean json = options.door() == DemoOptions.Door.JSON;
        URI door = options.server().resolve(json ? "/api/v1/readings" : "/write");
        HttpRequest request = HttpRequest.newBuilder(door)
                .timeout(Duration.ofSeconds(10))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", json ? "application/x-ndjson" : "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            boolean good = response.statusCode() / 100 == 2;
            sent += good ? lines : 0;
            refused += good ? 0 : lines;
            trouble = good ? "" : "the server says " + response.statusCode() + " " + response.body();
        } catch (IOException unreachable) {
            refused += lines;
            trouble = "the server cannot be reached: " + unreachable;
        }
    }
}
