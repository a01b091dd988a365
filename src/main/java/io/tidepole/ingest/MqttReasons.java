package io.tidepole.ingest;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;

/** Refusals as MQTT 5 names them (section 3.4.2.1). */
final class MqttReasons {
    private MqttReasons() {}

    static MqttPubAckReasonCode acknowledgement(Receipt receipt) {
        return receipt.isClean()
                ? MqttPubAckReasonCode.SUCCESS
                : switch (receipt.rejected().get(0).refusal()) {
                    case RATE_LIMITED, OVERLOADED, TOO_MANY_SERIES -> MqttPubAckReasonCode.QUOTA_EXCEEDED;
                    case FORBIDDEN -> MqttPubAckReasonCode.NOT_AUTHORIZED;
                    case BAD_DEVICE, BAD_NAME -> MqttPubAckReasonCode.TOPIC_NAME_INVALID;
                    case TIMESTAMP_AHEAD, TOO_OLD -> MqttPubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
                    case BAD_JSON,
                            BAD_LINE,
                            BAD_PROTO,
                            LINE_TOO_LONG,
                            NO_DEVICE,
                            NO_MEASURE,
                            TOO_MANY_MEASURES,
                            NUMBER_AS_TEXT,
                            NESTED,
                            NOT_FINITE,
                            BAD_LABEL,
                            TOO_MANY_LABELS,
                            BAD_UNIT,
                            BAD_TIMESTAMP -> MqttPubAckReasonCode.PAYLOAD_FORMAT_INVALID;
                };
    }

    /** The reason in words. */
    static MqttProperties words(String reason) {
        MqttProperties properties = new MqttProperties();
        if (!reason.isEmpty()) {
            properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, reason));
        }
        return properties;
    }
}
