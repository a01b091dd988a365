package io.tidepole.demo;

import io.tidepole.protocol.JsonBytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One WebSocket, and a message for each sample; the server acknowledges each. */
final class SocketDoor implements Door {
    private static final String CLOSED = "closed";
    /** Messages that are on their way at a time. */
    private static final int IN_FLIGHT = 500;

    private final URI address;
    private final String token;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private @Nullable Line line;

    SocketDoor(URI server, String token) {
        this.address = URI.create(
                (server.getScheme().equals("https") ? "wss" : "ws") + "://" + server.getRawAuthority() + "/ingest");
        this.token = token;
    }

    @Override
    public Outcome send(List<Sample> samples) throws IOException, InterruptedException {
        Line open = line();
        int accepted = 0;
        String trouble = "";
        for (int i = 0; i < samples.size() + IN_FLIGHT; i++) {
            if (i < samples.size()) {
                open.say(samples.get(i));
            }
            if (i >= IN_FLIGHT && i - IN_FLIGHT < samples.size()) {
                String answer = open.answer();
                boolean good = answer.startsWith("{\"type\":\"ack\"") && answer.endsWith("\"rejected\":[]}");
                accepted += good ? 1 : 0;
                trouble = good ? trouble : "the server says " + answer;
            }
        }
        return new Outcome(accepted, trouble);
    }

    private Line line() throws IOException {
        Line open = line;
        if (open == null || open.isClosed()) {
            Line made = new Line();
            WebSocket.Builder builder =
                    client.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
            if (!token.isEmpty()) {
                builder.header("Authorization", "Bearer " + token);
            }
            try {
                made.socket = builder.buildAsync(address, made).join();
            } catch (CompletionException failed) {
                throw new IOException(String.valueOf(failed.getCause()), failed);
            }
            line = made;
            open = made;
        }
        return open;
    }

    /** One connection. What arrives is an answer, in the order of what was sent. */
    private static final class Line implements WebSocket.Listener {
        private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        private final StringBuilder message = new StringBuilder();
        private final JsonBytes json = new JsonBytes(256);
        private volatile @Nullable WebSocket socket;
        private long number;

        boolean isClosed() {
            WebSocket open = socket;
            return open == null || open.isInputClosed() || open.isOutputClosed();
        }

        void say(Sample sample) throws IOException {
            WebSocket open = socket;
            if (open == null) {
                throw new IOException("not connected");
            }
            json.clear()
                    .raw("{\"type\":\"sensor.reading\",\"requestId\":\"")
                    .number(++number)
                    .raw("\",");
            Format.fields(sample, json);
            json.put('}');
            try {
                open.sendText(new String(json.array(), 0, json.size(), StandardCharsets.UTF_8), true)
                        .join();
            } catch (CompletionException failed) {
                throw new IOException(String.valueOf(failed.getCause()), failed);
            }
        }

        String answer() throws IOException, InterruptedException {
            String answer = answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (answer == null || answer.startsWith(CLOSED)) {
                close();
                throw new IOException(answer == null ? "it does not answer" : answer);
            }
            return answer;
        }

        void close() {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                answers.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            answers.add(CLOSED + " with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.add(CLOSED + ": " + error.getMessage());
        }
    }

    @Override
    public void close() {
        Line open = line;
        if (open != null) {
            open.close();
        }
    }
}
