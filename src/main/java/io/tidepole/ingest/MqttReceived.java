package io.tidepole.ingest;

import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.impl.MqttEndpointImpl;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * PUBREC with a reason (MQTT 5, section 3.5). The endpoint of vertx-mqtt 5.0.8 leaves the reason code out of it, so that
 * a refusal would read as success; this goes past it, to the connection that it keeps to itself.
 */
final class MqttReceived {
    private static final VarHandle CONNECTION = connection();

    private MqttReceived() {}

    private static VarHandle connection() {
        try {
            return MethodHandles.privateLookupIn(MqttEndpointImpl.class, MethodHandles.lookup())
                    .findVarHandle(MqttEndpointImpl.class, "conn", NetSocketInternal.class);
        } catch (ReflectiveOperationException changed) {
            throw new LinkageError("vertx-mqtt is not what this was written for", changed);
        }
    }

    /** Codes of PUBREC are those of PUBACK. After one of 0x80 or more the packet id is free again. */
    static void send(MqttEndpoint endpoint, int id, MqttPubAckReasonCode code, String reason) {
        NetSocketInternal connection = (NetSocketInternal) CONNECTION.get((MqttEndpointImpl) endpoint);
        connection
                .writeMessage(new MqttMessage(
                        new MqttFixedHeader(MqttMessageType.PUBREC, false, MqttQoS.AT_MOST_ONCE, false, 0),
                        new MqttPubReplyMessageVariableHeader(id, code.value(), MqttReasons.words(reason))))
                .onFailure(gone -> endpoint.close());
    }
}
