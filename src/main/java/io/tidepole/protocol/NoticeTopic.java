package io.tidepole.protocol;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What viewers may ask to be told of beside updates. */
public enum NoticeTopic {
    /** A device appeared, fell silent, or came back. */
    DEVICE_STATE,
    /** Somebody marked a time. */
    ANNOTATION,
    /** A dashboard was written or deleted. */
    DASHBOARD;

    /** The name on the wire, which is also the type of its messages. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** The topic of that name, if there is one. */
    public static Optional<NoticeTopic> byName(String name) {
        return Arrays.stream(values())
                .filter(topic -> topic.wireName().equals(name))
                .findFirst();
    }

    /** All names on the wire, for people. */
    public static String names() {
        return Arrays.stream(values()).map(NoticeTopic::wireName).collect(Collectors.joining(" or "));
    }
}
