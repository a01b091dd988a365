package io.tidepole.ingest;

import java.nio.charset.StandardCharsets;

/** The one value that a message to a measure's topic says. */
final class MqttNumber implements Entries {
    private final MqttTopic topic;
    private final byte[] payload;
    private boolean done;

    MqttNumber(MqttTopic topic, byte[] payload) {
        this.topic = topic;
        this.payload = payload;
    }

    @Override
    public boolean next(Entry entry) {
        if (done) {
            return false;
        }
        done = true;
        entry.clear();
        entry.imply(topic.device());
        String text = payload.length > 64 ? "" : new String(payload, StandardCharsets.US_ASCII).strip();
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        Decimal decimal = new Decimal();
        if (decimal.read(bytes, 0, bytes.length)) {
            entry.measure(topic.measure(), decimal.value());
        } else if (text.equals("true") || text.equals("false")) {
            entry.measure(topic.measure(), text.equals("true") ? 1 : 0);
        } else {
            entry.reject(Refusal.NO_MEASURE, "a message to sensors/<device>/<measure> is one number");
        }
        return true;
    }
}
