package io.tidepole.config;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong, in the order in which it was found, up to a number that a person would still read. */
final class Report {
    private static final int MAX_LINES = 50;

    private final List<String> lines = new ArrayList<>();

    /** Notes a problem at its source: {@code conf/tidepole.yaml:12: http.port}. */
    void add(String source, String reason) {
        if (lines.size() < MAX_LINES) {
            lines.add(source + ": " + reason);
        } else if (lines.size() == MAX_LINES) {
            lines.add("and more");
        }
    }

    /** Whether there is no use in looking further. */
    boolean isFull() {
        return lines.size() > MAX_LINES;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
