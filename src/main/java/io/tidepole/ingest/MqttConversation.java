package io.tidepole.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.tidepole.auth.Principal;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client of the MQTT server. Belongs to its event loop.
 *
 * <p>A message of QoS 1 or 2 is acknowledged after the log. MQTT 3.1.1 cannot say that a reading was refused: there it is
 * acknowledged and shown at its device.
 */
final class MqttConversation {
    private static final Logger LOG = LoggerFactory.getLogger(MqttConversation.class);
    private static final int VERSION_5 = 5;
    private static final int UNTOLD_FACTOR = 10;
    private static final String TAKEN_OVER = "another connection uses this client id";

    private final Intake intake;
    private final Outlet outlet;
    private final MqttSessions sessions;
    private final Consumer<String> goodbye;
    private final MqttEndpoint endpoint;
    private final Context context;
    private final Sender sender;
    private final int receiveMaximum;
    private final Entry entry = new Entry();
    /** Packet ids of QoS 2 that were received and not released yet: one of them again is the same message. */
    private final Set<Integer> unreleased = new HashSet<>();

    private final Set<Integer> uncommitted = new HashSet<>();
    private int unacknowledged;
    private String device = "";
    private boolean ended;
    private boolean silent;

    MqttConversation(
            Intake intake,
            Outlet outlet,
            MqttSessions sessions,
            Consumer<String> goodbye,
            MqttEndpoint endpoint,
            Sender sender,
            Context context,
            int receiveMaximum) {
        this.intake = intake;
        this.outlet = outlet;
        this.sessions = sessions;
        this.goodbye = goodbye;
        this.endpoint = endpoint;
        this.context = context;
        this.receiveMaximum = receiveMaximum;
        this.sender = sender;
    }

    /**
     * Begins.
     *
     * @param assigned whether the client id is of our making
     * @param afterwards runs when it has ended
     */
    void begin(boolean assigned, Runnable afterwards) {
        endpoint.publishAutoAck(false)
                .publishHandler(this::published)
                .publishReleaseHandler(this::released)
                .subscribeHandler(this::subscribed)
                .unsubscribeHandler(this::unsubscribed)
                .exceptionHandler(this::failed)
                .disconnectMessageHandler(message -> silent = message.code() == MqttDisconnectReasonCode.NORMAL)
                .disconnectHandler(polite -> silent = !isVersion5() || silent)
                .closeHandler(closed -> {
                    end();
                    afterwards.run();
                });
        MqttConversation before = sessions.enter(endpoint.clientIdentifier(), this);
        if (before != null) {
            before.takenOver();
        }
        Set<Integer> recalled = sessions.recall(endpoint.clientIdentifier(), endpoint.isCleanSession());
        if (recalled != null) {
            unreleased.addAll(recalled);
        }
        if (isVersion5()) {
            MqttProperties terms = terms();
            if (assigned) {
                terms.add(new MqttProperties.StringProperty(
                        MqttProperties.ASSIGNED_CLIENT_IDENTIFIER, endpoint.clientIdentifier()));
            }
            endpoint.accept(recalled != null, terms);
        } else {
            endpoint.accept(recalled != null);
        }
    }

    private boolean isVersion5() {
        return endpoint.protocolVersion() >= VERSION_5;
    }

    /** What a client of MQTT 5 may expect of us (section 3.2.2.3). */
    private MqttProperties terms() {
        MqttProperties terms = new MqttProperties();
        number(terms, MqttProperties.RECEIVE_MAXIMUM, receiveMaximum);
        number(terms, MqttProperties.MAXIMUM_PACKET_SIZE, (int) intake.limits().lineBytes());
        number(terms, MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0);
        number(terms, MqttProperties.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 0);
        return terms;
    }

    private static void number(MqttProperties properties, int type, int value) {
        properties.add(new MqttProperties.IntegerProperty(type, value));
    }

    // ---- readings

    private void published(MqttPublishMessage message) {
        if (ended) {
            return;
        }
        MqttQoS quality = message.qosLevel();
        int id = message.messageId();
        if (quality == MqttQoS.EXACTLY_ONCE && !unreleased.add(id)) {
            if (!uncommitted.contains(id)) {
                endpoint.publishReceived(id);
            }
            return;
        }
        if (quality != MqttQoS.AT_MOST_ONCE && ++unacknowledged > mostUnacknowledged()) {
            disconnect(MqttDisconnectReasonCode.RECEIVE_MAXIMUM_EXCEEDED, "");
            return;
        }
        if (quality == MqttQoS.EXACTLY_ONCE) {
            uncommitted.add(id);
        }
        submit(message).onComplete(done -> onOwnContext(() -> acknowledge(quality, id, done)));
    }

    /** A client of MQTT 3.1.1 was not told of a maximum, but has one; what it loses the connection for it sends again. */
    private int mostUnacknowledged() {
        return isVersion5() ? receiveMaximum : UNTOLD_FACTOR * receiveMaximum;
    }

    private io.vertx.core.Future<Receipt> submit(MqttPublishMessage message) {
        Submission submission = new Submission(intake, sender, outlet);
        byte[] payload = message.payload().getBytes();
        boolean isUnanswered = message.qosLevel() == MqttQoS.AT_MOST_ONCE;
        MqttTopic.parse(message.topicName())
                .ifPresentOrElse(topic -> take(topic, payload, submission, isUnanswered), () -> {
                    entry.clear()
                            .reject(Refusal.BAD_NAME, "topics are sensors/<device> and sensors/<device>/<measure>");
                    submission.take(entry);
                });
        return submission.commit();
    }

    private void take(MqttTopic topic, byte[] payload, Submission submission, boolean isUnanswered) {
        device = topic.device();
        if (isUnanswered && intake.isOverloaded()) {
            refuse(Refusal.OVERLOADED, "readings come faster than they can be taken", submission);
            return;
        }
        if (intake.waitMicros(sender) > 0) {
            refuse(Refusal.RATE_LIMITED, "too many readings from this address", submission);
            return;
        }
        try (Entries entries = topic.measure().isEmpty()
                ? new JsonEntries(payload, 0, payload.length, device)
                : new MqttNumber(topic, payload)) {
            while (entries.next(entry)) {
                submission.take(entry);
            }
        }
    }

    private void refuse(Refusal refusal, String reason, Submission submission) {
        entry.clear().imply(device);
        entry.reject(refusal, reason);
        submission.take(entry);
    }

    private void acknowledge(MqttQoS quality, int id, AsyncResult<Receipt> done) {
        if (quality == MqttQoS.AT_MOST_ONCE) {
            return;
        }
        unacknowledged--;
        uncommitted.remove(id);
        if (!endpoint.isConnected()) {
            return;
        }
        if (done.failed()) {
            unkept(quality, id, done.cause());
        } else if (isVersion5()) {
            String reason = done.result().isClean()
                    ? ""
                    : done.result().rejected().get(0).message();
            answer(quality, id, MqttReasons.acknowledgement(done.result()), reason);
        } else if (quality == MqttQoS.AT_LEAST_ONCE) {
            endpoint.publishAcknowledge(id);
        } else {
            endpoint.publishReceived(id);
        }
    }

    /** Nothing is acknowledged that was not kept: a client of MQTT 3.1.1 sends it again when it comes back. */
    private void unkept(MqttQoS quality, int id, Throwable cause) {
        LOG.debug("readings could not be kept", cause);
        if (isVersion5()) {
            answer(quality, id, MqttPubAckReasonCode.UNSPECIFIED_ERROR, String.valueOf(cause.getMessage()));
        } else {
            unreleased.remove(id);
            endpoint.close();
        }
    }

    private void answer(MqttQoS quality, int id, MqttPubAckReasonCode code, String reason) {
        if (quality == MqttQoS.AT_LEAST_ONCE) {
            endpoint.publishAcknowledge(id, code, MqttReasons.words(reason));
        } else {
            if (code != MqttPubAckReasonCode.SUCCESS) {
                unreleased.remove(id);
            }
            MqttReceived.send(endpoint, id, code, reason);
        }
    }

    private void released(int id) {
        unreleased.remove(id);
        endpoint.publishComplete(id);
    }

    // ---- subscriptions: nothing is ever sent, but a device may ask for its own

    private void subscribed(MqttSubscribeMessage message) {
        List<MqttSubAckReasonCode> codes = message.topicSubscriptions().stream()
                .map(each -> isOwn(each.topicName())
                        ? MqttSubAckReasonCode.qosGranted(each.qualityOfService())
                        : MqttSubAckReasonCode.NOT_AUTHORIZED)
                .toList();
        if (isVersion5()) {
            endpoint.subscribeAcknowledge(message.messageId(), codes, MqttProperties.NO_PROPERTIES);
        } else {
            endpoint.subscribeAcknowledge(
                    message.messageId(),
                    message.topicSubscriptions().stream()
                            .map(each -> isOwn(each.topicName()) ? each.qualityOfService() : MqttQoS.FAILURE)
                            .toList());
        }
    }

    private boolean isOwn(String filter) {
        return MqttTopic.isWithin(filter, endpoint.clientIdentifier()) || MqttTopic.isWithin(filter, device);
    }

    private void unsubscribed(MqttUnsubscribeMessage message) {
        if (isVersion5()) {
            List<MqttUnsubAckReasonCode> codes = message.topics().stream()
                    .map(topic -> MqttUnsubAckReasonCode.SUCCESS)
                    .toList();
            endpoint.unsubscribeAcknowledge(message.messageId(), codes, MqttProperties.NO_PROPERTIES);
        } else {
            endpoint.unsubscribeAcknowledge(message.messageId());
        }
    }

    // ---- the end

    private void takenOver() {
        onOwnContext(() -> {
            silent = true;
            disconnect(MqttDisconnectReasonCode.SESSION_TAKEN_OVER, TAKEN_OVER);
        });
    }

    Principal principal() {
        return sender.principal();
    }

    /** It may do nothing any more. */
    void expel() {
        silent = true;
        disconnect(MqttDisconnectReasonCode.NOT_AUTHORIZED, "the token has expired or was withdrawn");
    }

    /** The server stops. */
    void shutDown() {
        silent = true;
        disconnect(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN, "");
    }

    private void disconnect(MqttDisconnectReasonCode code, String reason) {
        if (endpoint.isConnected()) {
            if (isVersion5()) {
                // This closes it too.
                endpoint.disconnect(code, MqttReasons.words(reason));
            }
            if (endpoint.isConnected()) {
                endpoint.close();
            }
        }
    }

    private void failed(Throwable cause) {
        LOG.debug("MQTT client {}: {}", endpoint.clientIdentifier(), cause.getMessage());
        disconnect(MqttDisconnectReasonCode.MALFORMED_PACKET, "");
    }

    /** A connection that breaks off is what a will is for. */
    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        boolean keep = !endpoint.isCleanSession() || (isVersion5() && sessionOutlives());
        boolean current = sessions.leave(endpoint.clientIdentifier(), this, keep, unreleased);
        if (current && !silent && hasWill()) {
            String named = MqttTopic.parse(endpoint.will().getWillTopic())
                    .map(MqttTopic::device)
                    .orElse(device);
            goodbye.accept(named);
        }
    }

    private boolean hasWill() {
        return endpoint.will() != null && endpoint.will().isWillFlag();
    }

    private boolean sessionOutlives() {
        MqttProperties.MqttProperty<?> expiry =
                endpoint.connectProperties().getProperty(MqttProperties.SESSION_EXPIRY_INTERVAL);
        return expiry instanceof MqttProperties.IntegerProperty seconds && seconds.value() != 0;
    }

    private void onOwnContext(Runnable task) {
        if (Vertx.currentContext() == context) {
            task.run();
        } else {
            context.runOnContext(turn -> task.run());
        }
    }
}
