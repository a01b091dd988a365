package io.tidepole.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * The path that one writes first: each message is handed to each viewer's WebSocket as text, and Vert.x deflates it for
 * each. It takes the same readings and serves the same viewers, so that runs can be compared; it has no other use. It
 * knows one kind of subscription at a time: the interval and shape of the viewer that came last.
 */
final class NaiveServer {
    private static final JsonFactory JSON = new JsonFactory();

    private final Vertx vertx;
    private final Set<ServerWebSocket> viewers = new LinkedHashSet<>();
    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Map<Integer, String> lastValues = new LinkedHashMap<>();
    private boolean columns;
    private boolean announce;
    private int intervalMillis;
    private long timer = -1;
    private long seq;

    private NaiveServer(Vertx vertx) {
        this.vertx = vertx;
    }

    static int run(List<String> arguments, PrintStream out) throws InterruptedException {
        int port = Integer.parseInt(value(arguments, "--port", "8090"));
        boolean deflate = Boolean.parseBoolean(value(arguments, "--deflate", "true"));
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(deflate)
                .setWebSocketCompressionLevel(Integer.parseInt(value(arguments, "--level", "6")))
                .setWebSocketSubProtocols(List.of("metrics.v1", "metrics.v1.columns"));
        Vertx vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
        NaiveServer server = new NaiveServer(vertx);
        vertx.runOnContext(none -> vertx.createHttpServer(options)
                .webSocketHandler(server::join)
                .requestHandler(server::request)
                .listen()
                .onSuccess(listening -> out.println("naive server at http://127.0.0.1:" + listening.actualPort()))
                .onFailure(problem -> out.println("cannot listen: " + problem.getMessage())));
        new CountDownLatch(1).await();
        return 0;
    }

    private static String value(List<String> arguments, String flag, String standard) {
        String value = standard;
        for (String argument : arguments) {
            if (argument.startsWith(flag + "=")) {
                value = argument.substring(flag.length() + 1);
            } else if (!argument.matches("--(port|level|deflate)=\\w+")) {
                throw new UsageException("the naive server has no option " + argument);
            }
        }
        return value;
    }

    private void join(ServerWebSocket viewer) {
        columns = "metrics.v1.columns".equals(viewer.subProtocol());
        viewer.textMessageHandler(text -> {
            if (text.contains("\"subscribe\"")) {
                interval(Integer.parseInt(text.replaceAll(".*\"interval\":(\\d+).*", "$1")));
                write(
                        viewer,
                        "{\"type\":\"subscribed\",\"requestId\":\"1\",\"subscription\":1,\"series\":" + series()
                                + ",\"t\":" + System.currentTimeMillis() + "}");
                viewers.add(viewer);
            }
        });
        viewer.closeHandler(none -> viewers.remove(viewer));
    }

    private String series() {
        List<String> entries = new ArrayList<>();
        ids.forEach((device, id) -> entries.add("{\"id\":" + id + ",\"metric\":\"" + FeedPlan.METRIC
                + "\",\"labels\":{\"device\":\"" + device + "\"}}"));
        return "[" + String.join(",", entries) + "]";
    }

    private void interval(int millis) {
        if (timer < 0 && millis > 0) {
            timer = vertx.setPeriodic(millis, none -> tick());
        }
        intervalMillis = millis;
    }

    private void request(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            int accepted = readings(body);
            request.response().end("{\"accepted\":" + accepted + "}");
        });
    }

    private int readings(Buffer body) {
        int count = 0;
        try (JsonParser parser = JSON.createParser(body.getBytes())) {
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                reading(parser);
                count++;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (announce) {
            announce = false;
            writeToAll("{\"type\":\"series.added\",\"series\":" + series() + "}");
        }
        return count;
    }

    private void reading(JsonParser parser) throws IOException {
        String device = "";
        String value = "0";
        String time = "0";
        StringBuilder labels = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "deviceId" -> device = parser.getText();
                case "timestamp" -> time = parser.getText();
                case FeedPlan.METRIC -> value = parser.getText();
                default ->
                    labels.append(",\"")
                            .append(field)
                            .append("\":\"")
                            .append(parser.getText())
                            .append('"');
            }
        }
        if (!ids.containsKey(device)) {
            ids.put(device, ids.size() + 1);
            announce = columns;
        }
        if (intervalMillis > 0) {
            lastValues.put(ids.getOrDefault(device, 0), value);
        } else {
            writeToAll("{\"type\":\"metric.update\",\"metric\":\"" + FeedPlan.METRIC + "\",\"labels\":{\"device\":\""
                    + device + "\"" + labels + "},\"value\":" + value + ",\"timestamp\":" + time + "}");
        }
    }

    private void tick() {
        if (!lastValues.isEmpty()) {
            String ids = lastValues.keySet().toString().replace(" ", "");
            String values = lastValues.values().toString().replace(" ", "");
            long now = System.currentTimeMillis();
            writeToAll("{\"type\":\"metric.update\",\"seq\":" + ++seq + ",\"t\":" + now + ",\"newest\":" + now
                    + ",\"ids\":" + ids + ",\"values\":" + values + "}");
            lastValues.clear();
        }
    }

    private void writeToAll(String message) {
        for (ServerWebSocket viewer : viewers) {
            write(viewer, message);
        }
    }

    private static void write(ServerWebSocket viewer, String message) {
        viewer.writeTextMessage(message).onFailure(problem -> {});
    }
}
