package io.tidepole.dashboard;

import io.tidepole.config.Durations;
import io.tidepole.config.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** Reads the values of one group of keys. What cannot be read is reported, and its default taken. */
final class FieldReader {
    private final Node.Fields fields;
    private final String at;
    private final Problems problems;
    private final Set<String> known = new TreeSet<>();

    /**
     * A reader.
     *
     * @param at where the group stands: {@code panels[2]}; empty for the dashboard itself
     */
    FieldReader(Node.Fields fields, String at, Problems problems) {
        this.fields = fields;
        this.at = at;
        this.problems = problems;
    }

    int line() {
        return fields.line();
    }

    /** Reports something about the group as a whole. */
    void complain(String message) {
        problems.add(fields.line(), at, message);
    }

    void complain(String name, String message) {
        Node node = fields.nodes().get(name);
        problems.add(node == null ? fields.line() : node.line(), path(name), message);
    }

    boolean has(String name) {
        return fields.nodes().containsKey(name);
    }

    /** Reports every key that was not asked for. Call it last. */
    void refuseOthers() {
        fields.nodes().forEach((name, node) -> {
            if (!known.contains(name)) {
                problems.add(
                        node.line(), path(Quoted.bare(name)), "no such key; there are " + String.join(", ", known));
            }
        });
    }

    /** A text of at most so many characters. */
    String text(String name, String otherwise, int maxLength) {
        return scalar(name)
                .map(text -> {
                    if (text.length() > maxLength) {
                        complain(name, "has more than " + maxLength + " characters");
                        return otherwise;
                    }
                    return text;
                })
                .orElse(otherwise);
    }

    boolean flag(String name) {
        return scalar(name)
                .map(text -> {
                    if (!text.equals("true") && !text.equals("false")) {
                        complain(name, Quoted.of(text) + " is not true or false");
                    }
                    return text.equals("true");
                })
                .orElse(false);
    }

    int whole(String name, int otherwise, int low, int high) {
        return number(name).stream()
                .mapToObj(value -> {
                    if (value != Math.rint(value) || value < low || value > high) {
                        complain(name, "is not a whole number from " + low + " to " + high);
                        return otherwise;
                    }
                    return (int) value;
                })
                .findFirst()
                .orElse(otherwise);
    }

    OptionalDouble number(String name) {
        Optional<String> text = scalar(name);
        if (text.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(text.get());
            if (Double.isFinite(value)) {
                return OptionalDouble.of(value);
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is not finite.
        }
        complain(name, Quoted.of(text.get()) + " is not a number");
        return OptionalDouble.empty();
    }

    Duration duration(String name, Duration otherwise, Duration low, Duration high) {
        return scalar(name)
                .flatMap(text -> duration(name, text))
                .map(value -> {
                    if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
                        complain(name, "is not between " + Durations.format(low) + " and " + Durations.format(high));
                        return otherwise;
                    }
                    return value;
                })
                .orElse(otherwise);
    }

    private Optional<Duration> duration(String name, String text) {
        try {
            return Optional.of(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            complain(name, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** One of the names of an enum, in lower case. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        return scalar(name)
                .map(text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> lowerCase(constant).equals(text))
                        .findFirst()
                        .orElseGet(() -> {
                            complain(name, Quoted.of(text) + " is not one of " + names(type));
                            return otherwise;
                        }))
                .orElse(otherwise);
    }

    static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(FieldReader::lowerCase)
                .collect(Collectors.joining(", "));
    }

    /** The texts of a list, or of a single one that stands for it. */
    List<String> texts(String name, int maxCount, int maxLength) {
        known.add(name);
        List<String> texts = new ArrayList<>();
        Node node = fields.nodes().get(name);
        List<Node> nodes = node instanceof Node.Items items ? items.nodes() : node == null ? List.of() : List.of(node);
        for (Node one : nodes) {
            if (one instanceof Node.Scalar scalar
                    && !scalar.text().isEmpty()
                    && scalar.text().length() <= maxLength) {
                texts.add(scalar.text());
            } else {
                problems.add(one.line(), path(name), "is a list of texts of at most " + maxLength + " characters");
            }
        }
        if (texts.size() > maxCount) {
            complain(name, "has more than " + maxCount + " entries");
            return List.of();
        }
        return texts;
    }

    /** The groups of a list, each read by its own reader; those that cannot be read are left out. */
    <T> List<T> groups(String name, int maxCount, BiFunction<FieldReader, Integer, Optional<T>> read) {
        known.add(name);
        Node node = fields.nodes().get(name);
        if (node == null || (node instanceof Node.Scalar scalar && scalar.isNothing())) {
            return List.of();
        }
        if (!(node instanceof Node.Items items)) {
            complain(name, node.noun() + " where there should be a list");
            return List.of();
        }
        if (items.nodes().size() > maxCount) {
            complain(name, "has more than " + maxCount + " entries");
            return List.of();
        }
        List<T> groups = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            int index = i;
            group(items.nodes().get(i), path(name) + "[" + i + "]")
                    .flatMap(reader -> read.apply(reader, index))
                    .ifPresent(groups::add);
        }
        return groups;
    }

    /** A group within this one, if it is given. */
    Optional<FieldReader> group(String name) {
        known.add(name);
        Node node = fields.nodes().get(name);
        return node == null ? Optional.empty() : group(node, path(name));
    }

    private Optional<FieldReader> group(Node node, String path) {
        if (node instanceof Node.Fields inner) {
            return Optional.of(new FieldReader(inner, path, problems));
        }
        problems.add(node.line(), path, node.noun() + " where there should be keys with values");
        return Optional.empty();
    }

    private Optional<String> scalar(String name) {
        known.add(name);
        Node node = fields.nodes().get(name);
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof Node.Scalar scalar) {
            if (scalar.isNothing()) {
                complain(name, "has no value");
                return Optional.empty();
            }
            return Optional.of(scalar.text());
        }
        complain(name, node.noun() + " where there should be a value");
        return Optional.empty();
    }

    private String path(String name) {
        return at.isEmpty() ? name : at + "." + name;
    }
}
