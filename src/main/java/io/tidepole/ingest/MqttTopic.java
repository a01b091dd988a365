package io.tidepole.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code sensors/<device>}, to which objects are sent, or {@code sensors/<device>/<measure>}, to which numbers are.
 *
 * @param measure empty for an object
 */
record MqttTopic(String device, String measure) {
    private static final String PREFIX = "sensors/";

    static Optional<MqttTopic> parse(String topic) {
        if (!topic.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] levels = topic.substring(PREFIX.length()).split("/", -1);
        boolean fits = levels.length <= 2 && !levels[0].isEmpty() && !levels[levels.length - 1].isEmpty();
        return fits ? Optional.of(new MqttTopic(levels[0], levels.length == 2 ? levels[1] : "")) : Optional.empty();
    }

    /**
     * What a message of somebody else's broker is about: as above where its topic is one of those; else an object is of
     * the device that the last level names, and anything else a measure, by that level, of the device before it.
     */
    static MqttTopic ofBroker(String topic, byte[] payload) {
        Optional<MqttTopic> own = parse(topic);
        if (own.isPresent()) {
            return own.get();
        }
        boolean object = new String(payload, 0, Math.min(payload.length, 16), StandardCharsets.UTF_8)
                .stripLeading()
                .startsWith("{");
        int last = topic.lastIndexOf('/');
        if (object || last < 0) {
            return new MqttTopic(topic.substring(last + 1), "");
        }
        return new MqttTopic(topic.substring(topic.lastIndexOf('/', last - 1) + 1, last), topic.substring(last + 1));
    }

    /** Whether a subscription's filter stays within the topics of one device. */
    static boolean isWithin(String filter, String device) {
        return !device.isEmpty() && (filter.equals(PREFIX + device) || filter.startsWith(PREFIX + device + "/"));
    }
}
