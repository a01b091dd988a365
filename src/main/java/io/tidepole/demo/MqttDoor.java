package io.tidepole.demo;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.tidepole.protocol.JsonBytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * MQTT 3.1.1 with QoS 1, an object for each sample. It cannot tell what the server refused: that is shown at the device.
 */
final class MqttDoor implements Door {
    private static final int IN_FLIGHT = 50;
    private static final int PLAIN_PORT = 1883;
    private static final int SECURE_PORT = 8883;

    private final URI server;
    private final String token;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Semaphore room = new Semaphore(IN_FLIGHT);
    private final JsonBytes json = new JsonBytes(256);
    private @Nullable MqttClient client;

    MqttDoor(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    @Override
    public Outcome send(List<Sample> samples) throws IOException, InterruptedException {
        MqttClient open = client();
        for (Sample sample : samples) {
            take(1);
            json.clear().put('{');
            Format.fields(sample, json);
            json.put('}');
            await(open.publish(
                    "sensors/" + sample.device().replaceAll("[/+#]", "_"),
                    Buffer.buffer(json.toByteArray()),
                    MqttQoS.AT_LEAST_ONCE,
                    false,
                    false));
        }
        take(IN_FLIGHT);
        room.release(IN_FLIGHT);
        return new Outcome(samples.size(), "");
    }

    private void take(int permits) throws IOException, InterruptedException {
        if (!room.tryAcquire(permits, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            client = null;
            throw new IOException("it does not acknowledge");
        }
    }

    private MqttClient client() throws IOException, InterruptedException {
        MqttClient open = client;
        if (open != null && open.isConnected()) {
            return open;
        }
        boolean secure = server.getScheme().equals("mqtts");
        MqttClientOptions options = new MqttClientOptions().setMaxInflightQueue(2 * IN_FLIGHT);
        options.setSsl(secure).setHostnameVerificationAlgorithm(secure ? "HTTPS" : "");
        if (!token.isEmpty()) {
            options.setUsername("demo").setPassword(token);
        }
        room.drainPermits();
        room.release(IN_FLIGHT);
        MqttClient made = MqttClient.create(vertx, options);
        made.publishCompletionHandler(acknowledged -> room.release());
        int port = server.getPort() >= 0 ? server.getPort() : secure ? SECURE_PORT : PLAIN_PORT;
        await(made.connect(port, server.getHost()));
        client = made;
        return made;
    }

    private static void await(Future<?> future) throws IOException, InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(String.valueOf(failed.getCause()), failed);
        } catch (TimeoutException late) {
            throw new IOException("it does not answer", late);
        }
    }

    @Override
    public void close() {
        MqttClient open = client;
        try {
            if (open != null && open.isConnected()) {
                await(open.disconnect());
            }
            await(vertx.close());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException gone) {
            client = null;
        }
    }
}
