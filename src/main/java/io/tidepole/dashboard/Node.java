package io.tidepole.dashboard;

import java.util.List;
import java.util.Map;

/** A piece of YAML that knows its line, counted from 1. */
sealed interface Node {
    int line();

    /** What it is, for people. */
    String noun();

    /** A text, a number, or nothing at all: {@code title:} with no more on the line. */
    record Scalar(int line, String text, boolean isNothing) implements Node {
        @Override
        public String noun() {
            return isNothing ? "nothing" : "a value";
        }
    }

    /** A list. */
    record Items(int line, List<Node> nodes) implements Node {
        public Items {
            nodes = List.copyOf(nodes);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /** Keys with values, in the order of the file. */
    record Fields(int line, Map<String, Node> nodes) implements Node {
        @Override
        public String noun() {
            return "keys with values";
        }
    }
}
