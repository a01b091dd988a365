package io.tidepole.ingest;

import java.util.List;

/** Turns senders' names into ours. */
final class Naming {
    /** Fields and tags that name the device, the best first. */
    private static final List<String> DEVICE = List.of("device", "deviceId", "device_id", "host.name", "host");

    static final int NO_DEVICE = DEVICE.size();
    private static final int HOST = DEVICE.indexOf("host.name");

    private Naming() {}

    /** How well a name says that its value is the device; {@link #NO_DEVICE} if it does not. */
    static int deviceRank(String name) {
        char first = name.isEmpty() ? 0 : name.charAt(0);
        return first == 'd' || first == 'h' ? rank(name) : NO_DEVICE;
    }

    /** Whether a name of this rank means the device and nothing else. */
    static boolean isDeviceOnly(int rank) {
        return rank < HOST;
    }

    private static int rank(String name) {
        int rank = DEVICE.indexOf(name);
        return rank < 0 ? NO_DEVICE : rank;
    }

    /** A metric's name: every character outside {@code [a-zA-Z0-9_:]} becomes {@code _}. */
    static String metric(String name) {
        return clean(name, true);
    }

    /** A label's name: every character outside {@code [a-zA-Z0-9_]} becomes {@code _}. */
    static String label(String name) {
        return clean(name, false);
    }

    private static String clean(String name, boolean colons) {
        int length = name.length();
        boolean digitFirst = length > 0 && name.charAt(0) >= '0' && name.charAt(0) <= '9';
        StringBuilder cleaned = null;
        for (int i = 0; i < length; i++) {
            char c = name.charAt(i);
            if (!isPlain(c, colons)) {
                cleaned = cleaned == null ? new StringBuilder(name) : cleaned;
                cleaned.setCharAt(i, '_');
            }
        }
        String text = cleaned == null ? name : cleaned.toString();
        return digitFirst ? "_" + text : text;
    }

    private static boolean isPlain(char c, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || (c == ':' && colons);
    }

    /** Whether a text holds a control character: those are refused, as they would be shown to people. */
    static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c == 0x7f) {
                return true;
            }
        }
        return false;
    }
}
