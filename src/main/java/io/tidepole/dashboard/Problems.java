package io.tidepole.dashboard;

import java.util.ArrayList;
import java.util.List;

/** All that is wrong in one file, up to a number that a person would still read. */
final class Problems {
    private static final int MAX = 50;

    private final List<Problem> found = new ArrayList<>();

    void add(int line, String at, String message) {
        if (found.size() < MAX) {
            found.add(new Problem(line, at, message));
        }
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<Problem> list() {
        return List.copyOf(found);
    }
}
