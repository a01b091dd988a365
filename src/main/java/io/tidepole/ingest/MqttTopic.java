package io.tidepole.ingest;

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

    /** Whether a subscription's filter stays within the topics of one device. */
    static boolean isWithin(String filter, String device) {
        return !device.isEmpty() && (filter.equals(PREFIX + device) || filter.startsWith(PREFIX + device + "/"));
    }
}
