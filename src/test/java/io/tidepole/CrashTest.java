package io.tidepole;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed again and again while three doors are open: what was acknowledged is there, once, with its
 * value. What was not is sent again, with its stamp, after the next start.
 *
 * <p>{@code -Dtidepole.crash.rounds=1000 -Djunit.jupiter.execution.timeout.default=3h} is the long form.
 */
final class CrashTest {
    private static final System.Logger LOG = System.getLogger(CrashTest.class.getName());
    private static final int ROUNDS = Integer.getInteger("tidepole.crash.rounds", 20);
    private static final int PAGE = 10_000;

    private final Random random = new Random(5);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** Readings are a millisecond apart, so that each has a window of its own. */
    private final long startMillis = (System.currentTimeMillis() - 43_200_000) / 1_000 * 1_000;

    @TempDir
    private Path data;

    /** One door: its readings are numbered from 1, and have their number as value and as time. */
    private abstract static class Door implements AutoCloseable {
        final String device;
        final NavigableSet<Integer> acknowledged = new ConcurrentSkipListSet<>();
        private final NavigableSet<Integer> unanswered = new ConcurrentSkipListSet<>();
        private final Semaphore inFlight = new Semaphore(16);
        private int sent;
        private Thread thread = new Thread(() -> {});
        private volatile boolean broken;

        Door(String device) {
            this.device = device;
        }

        abstract void connect(ServerProcess server) throws Exception;

        /** Completes when the reading was acknowledged. */
        abstract CompletionStage<Boolean> send(int number);

        void begin(ServerProcess server) throws Exception {
            connect(server);
            broken = false;
            thread = new Thread(this::run, "door-" + device);
            thread.start();
        }

        private void run() {
            List<Integer> again = new ArrayList<>(unanswered);
            while (!broken) {
                inFlight.acquireUninterruptibly();
                int number = again.isEmpty() ? ++sent : again.remove(0);
                unanswered.add(number);
                send(number).whenComplete((good, problem) -> {
                    if (problem == null && good) {
                        acknowledged.add(number);
                        unanswered.remove(number);
                    } else {
                        broken = true;
                    }
                    inFlight.release();
                });
            }
        }

        void end() throws Exception {
            broken = true;
            close();
            inFlight.release(1_000_000);
            thread.join(30_000);
            inFlight.drainPermits();
            inFlight.release(16);
        }

        @Override
        public void close() {}
    }

    private final class HttpSender extends Door {
        private URI url = URI.create("http://localhost");

        HttpSender() {
            super("http");
        }

        @Override
        void connect(ServerProcess server) {
            url = server.url.resolve("/api/v1/readings");
        }

        @Override
        CompletionStage<Boolean> send(int number) {
            HttpRequest request = HttpRequest.newBuilder(url)
                    .timeout(Duration.ofSeconds(20))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json("", device, number)))
                    .build();
            return client.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                    .thenApply(response -> response.statusCode() == 200);
        }
    }

    private final class SocketSender extends Door implements WebSocket.Listener {
        private static final Pattern ID = Pattern.compile("\"type\":\"ack\".*\"requestId\":\"(\\d+)\"");
        private final Map<Integer, CompletableFuture<Boolean>> waiting = new ConcurrentHashMap<>();
        private volatile CompletableFuture<WebSocket> socket = new CompletableFuture<>();

        SocketSender() {
            super("ws");
        }

        @Override
        void connect(ServerProcess server) throws Exception {
            socket = client.newWebSocketBuilder()
                    .buildAsync(URI.create("ws" + server.url.toString().substring(4) + "/ingest"), this);
            socket.get(30, TimeUnit.SECONDS);
        }

        @Override
        CompletionStage<Boolean> send(int number) {
            CompletableFuture<Boolean> done = new CompletableFuture<>();
            waiting.put(number, done);
            socket = socket.thenCompose(open -> open.sendText(
                    json("\"type\":\"sensor.reading\",\"requestId\":\"" + number + "\",", device, number), true));
            socket.exceptionally(problem -> {
                done.complete(false);
                return null;
            });
            return done;
        }

        @Override
        public CompletionStage<?> onText(WebSocket open, CharSequence text, boolean last) {
            Matcher ack = ID.matcher(text);
            if (ack.find()) {
                CompletableFuture<Boolean> done = waiting.remove(Integer.parseInt(ack.group(1)));
                if (done != null) {
                    done.complete(text.toString().contains("\"accepted\":1"));
                }
            }
            open.request(1);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket open, Throwable error) {
            close();
        }

        @Override
        public CompletionStage<?> onClose(WebSocket open, int status, String reason) {
            close();
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            waiting.values().forEach(done -> done.complete(false));
            waiting.clear();
        }
    }

    private final class MqttSender extends Door {
        private volatile Mqtt5AsyncClient mqtt = client(1);

        MqttSender() {
            super("mqtt");
        }

        private static Mqtt5AsyncClient client(int port) {
            return MqttClient.builder()
                    .useMqttVersion5()
                    .identifier("crash")
                    .serverHost("127.0.0.1")
                    .serverPort(port)
                    .buildAsync();
        }

        @Override
        void connect(ServerProcess server) throws Exception {
            mqtt = client(server.mqttPort(client));
            mqtt.connect().get(30, TimeUnit.SECONDS);
        }

        @Override
        CompletionStage<Boolean> send(int number) {
            return mqtt.publishWith()
                    .topic("sensors/" + device)
                    .qos(number % 2 == 0 ? MqttQos.AT_LEAST_ONCE : MqttQos.EXACTLY_ONCE)
                    .payload(json("", device, number).getBytes(StandardCharsets.UTF_8))
                    .send()
                    .thenApply(result -> result.getError().isEmpty());
        }

        @Override
        public void close() {
            mqtt.disconnect().exceptionally(gone -> null);
        }
    }

    private String json(String head, String device, int number) {
        return "{" + head + "\"deviceId\":\"" + device + "\",\"number\":" + number + ",\"timestamp\":"
                + (startMillis + number) + "}";
    }

    @Test
    void serverThatIsKilled_hasWhatItAcknowledgedOnce() throws Exception {
        List<Door> doors = List.of(new HttpSender(), new SocketSender(), new MqttSender());
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 50 == 49) {
                LOG.log(System.Logger.Level.INFO, "{0} rounds", round + 1);
            }
            ServerProcess server = ServerProcess.start(data);
            try {
                check(server, doors, round == ROUNDS - 1 ? 0 : 2_000);
                send(server, doors);
            } finally {
                server.kill();
            }
        }
        ServerProcess server = ServerProcess.start(data);
        try {
            check(server, doors, 0);
        } finally {
            server.stop();
        }
        assertThat(doors).allSatisfy(door -> assertThat(door.acknowledged).hasSizeGreaterThan(ROUNDS * 10));
    }

    private void send(ServerProcess server, List<Door> doors) throws Exception {
        List<Integer> wanted = new ArrayList<>();
        for (Door door : doors) {
            wanted.add(door.acknowledged.size() + 10);
            door.begin(server);
        }
        long endNanos = System.nanoTime() + 30_000_000_000L;
        while (IntStream.range(0, doors.size())
                .anyMatch(i -> doors.get(i).acknowledged.size() < wanted.get(i))) {
            assertThat(System.nanoTime())
                    .as("readings are acknowledged in time")
                    .isLessThan(endNanos);
            LockSupport.parkNanos(1_000_000);
        }
        LockSupport.parkNanos(random.nextInt(300) * 1_000_000L);
        server.kill();
        for (Door door : doors) {
            door.end();
        }
    }

    /** Compares what was acknowledged with what is there; only the newest readings, unless the number is 0. */
    private void check(ServerProcess server, List<Door> doors, int newest) throws Exception {
        for (Door door : doors) {
            if (door.acknowledged.isEmpty()) {
                continue;
            }
            int from = newest == 0 ? 0 : Math.max(0, door.acknowledged.last() - newest);
            Map<Integer, String> found = found(server, door.device, from, door.sent);
            NavigableSet<Integer> lost = new TreeSet<>(door.acknowledged.tailSet(from + 1));
            lost.removeAll(found.keySet());
            assertThat(lost).as("acknowledged at " + door.device).isEmpty();
            found.forEach((number, value) -> assertThat(value).isEqualTo(number.toString()));
        }
    }

    /** Sums of the windows of a millisecond: a reading that is there twice would show twice its value. */
    private Map<Integer, String> found(ServerProcess server, String device, int from, int until)
            throws IOException, InterruptedException {
        Map<Integer, String> found = new TreeMap<>();
        for (int page = from; page <= until; page += PAGE) {
            String csv = server.get(
                    client,
                    "/api/v1/history.csv?stat=sum&step=1&from=" + (startMillis + page) + "&until="
                            + (startMillis + page + PAGE) + "&select="
                            + URLEncoder.encode("number{device=\"" + device + "\"}", StandardCharsets.UTF_8));
            csv.lines().skip(1).forEach(line -> {
                String[] cells = line.split(",", 2);
                found.put((int) (Instant.parse(cells[0]).toEpochMilli() - startMillis - 1), cells[1]);
            });
        }
        return found;
    }
}
