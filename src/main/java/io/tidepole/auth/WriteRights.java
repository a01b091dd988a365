package io.tidepole.auth;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * For which devices readings may be sent. A pattern is a name in which {@code *} stands for any run of characters.
 * Readings that name no device need the pattern {@code *}.
 *
 * @param devices patterns, sorted
 */
public record WriteRights(List<String> devices) {
    /** Every device. */
    public static final WriteRights ALL = new WriteRights(List.of("*"));

    /** No device. */
    public static final WriteRights NONE = new WriteRights(List.of());

    public WriteRights {
        devices = List.copyOf(new TreeSet<>(devices));
    }

    /** Whether readings of this device may be sent. */
    public boolean test(String device) {
        for (String pattern : devices) {
            if (matches(pattern, device)) {
                return true;
            }
        }
        return false;
    }

    /** Goes back to the last star at each mismatch, so it takes at most pattern times device steps. */
    private static boolean matches(String pattern, String device) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int in = 0;
        while (at < device.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < pattern.length() && pattern.charAt(in) == device.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < pattern.length() && pattern.charAt(in) == '*') {
            in++;
        }
        return in == pattern.length();
    }

    WriteRights or(WriteRights other) {
        return new WriteRights(
                Stream.concat(devices.stream(), other.devices.stream()).toList());
    }
}
