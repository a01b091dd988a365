package io.tidepole.ingest;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.tidepole.config.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import io.vertx.mqtt.messages.MqttPublishMessage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes readings from an MQTT broker that people run already, as a client of it. Messages are acknowledged after the
 * log; when the connection ends it is made again, after 1 s, then 2 s and so on up to a minute. A retained message is of
 * unknown age, and no reading.
 */
public final class MqttBroker extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(MqttBroker.class);
    private static final long FIRST_WAIT_MILLIS = 1_000;
    private static final long LONGEST_WAIT_MILLIS = 60_000;
    private static final int AT_LEAST_ONCE = 1;

    private final BrokerConfig config;
    private final Intake intake;
    private final Entry entry = new Entry();
    private final String clientId = "tidepole-" + UUID.randomUUID();
    private long waitMillis = FIRST_WAIT_MILLIS;
    private boolean stopped;
    private Future<MqttClient> client = Future.failedFuture("not connected");

    public MqttBroker(BrokerConfig config, Intake intake) {
        this.config = config;
        this.intake = intake;
    }

    @Override
    public Future<?> start() {
        connect();
        return Future.succeededFuture();
    }

    private void connect() {
        client = password().compose(this::open);
        client.onComplete(done -> {
            if (done.succeeded()) {
                LOG.info("readings come from the MQTT broker at {}", config.address());
                waitMillis = FIRST_WAIT_MILLIS;
            } else {
                LOG.warn("the MQTT broker at {}: {}", config.address(), reason(done.cause()));
                again();
            }
        });
    }

    /** What lies deepest says most: a certificate that is not trusted, and not that there is no connection. */
    private static String reason(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest == cause ? cause.getMessage() : cause.getMessage() + ": " + deepest.getMessage());
    }

    private Future<String> password() {
        return config.passwordFile().isEmpty()
                ? Future.succeededFuture("")
                : vertx.fileSystem().readFile(config.passwordFile()).map(bytes -> bytes.toString(StandardCharsets.UTF_8)
                        .strip());
    }

    private Future<MqttClient> open(String password) {
        MqttClientOptions options = new MqttClientOptions()
                .setClientId(clientId)
                .setCleanSession(true)
                .setMaxMessageSize((int) intake.limits().lineBytes());
        options.setSsl(config.isSecure());
        options.setHostnameVerificationAlgorithm(config.isSecure() ? "HTTPS" : "");
        if (!config.authorityFile().isEmpty()) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(config.authorityFile()));
        }
        options.setAutoAck(false);
        if (!config.user().isEmpty()) {
            options.setUsername(config.user()).setPassword(password);
        }
        MqttClient opened = MqttClient.create(vertx, options);
        opened.publishHandler(this::published);
        Map<String, Integer> topics = new TreeMap<>();
        config.topics().forEach(topic -> topics.put(topic, AT_LEAST_ONCE));
        return opened.connect(config.port(), config.host())
                .compose(connected -> {
                    opened.closeHandler(closed -> again());
                    return opened.subscribe(topics);
                })
                .map(subscribed -> opened);
    }

    private void again() {
        if (!stopped) {
            vertx.setTimer(waitMillis, timer -> {
                if (!stopped) {
                    connect();
                }
            });
            waitMillis = Math.min(LONGEST_WAIT_MILLIS, waitMillis * 2);
        }
    }

    private void published(MqttPublishMessage message) {
        if (message.isRetain()) {
            acknowledge(message);
            return;
        }
        Submission submission = intake.open(Sender.at("mqtt:" + config.host()), 1);
        byte[] payload = message.payload().getBytes();
        MqttTopic topic = MqttTopic.ofBroker(message.topicName(), payload);
        try (Entries entries = topic.measure().isEmpty()
                ? new JsonEntries(payload, 0, payload.length, topic.device())
                : new MqttNumber(topic, payload)) {
            while (entries.next(entry)) {
                submission.take(entry);
            }
        }
        submission
                .commit()
                .onComplete(done -> context.runOnContext(turn -> {
                    if (done.succeeded()) {
                        acknowledge(message);
                    } else {
                        LOG.error("readings could not be kept", done.cause());
                    }
                }));
    }

    private static void acknowledge(MqttPublishMessage message) {
        if (message.qosLevel() != MqttQoS.AT_MOST_ONCE) {
            message.ack();
        }
    }

    @Override
    public Future<?> stop() {
        stopped = true;
        return client.succeeded() && client.result().isConnected()
                ? client.result().disconnect()
                : Future.succeededFuture();
    }
}
