package io.tidepole.dashboard;

import io.tidepole.config.Quoted;
import io.tidepole.config.YamlEvents;
import io.tidepole.config.YamlEvents.NotYaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** Builds the tree of a YAML text, or of a JSON one. Depth is bounded by the events, aliases are refused. */
final class YamlTree {
    private final YamlEvents events;
    private final Problems problems;

    private YamlTree(String text, Problems problems) {
        this.events = new YamlEvents(text);
        this.problems = problems;
    }

    /** The tree of the one document, if the text is YAML. */
    static Optional<Node> read(String text, Problems problems) {
        try {
            return new YamlTree(text, problems).document();
        } catch (NotYaml bad) {
            problems.add(bad.line(), "", "not YAML: " + bad.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Node> document() throws NotYaml {
        Optional<Node> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                if (root.isPresent()) {
                    problems.add(YamlEvents.line(event), "", "a second document begins; a dashboard is one");
                    return root;
                }
                root = Optional.of(node(events.next()));
            }
        }
        return root;
    }

    private Node node(Event event) throws NotYaml {
        return switch (event.getEventId()) {
            case MappingStart -> fields(YamlEvents.line(event));
            case SequenceStart -> items(YamlEvents.line(event));
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> throw new NotYaml(YamlEvents.line(event), "aliases are not taken here");
            default -> throw new NotYaml(YamlEvents.line(event), "a value is missing");
        };
    }

    private static Node scalar(ScalarEvent event) {
        return new Node.Scalar(YamlEvents.line(event), event.getValue(), YamlEvents.isNothing(event));
    }

    private Node items(int line) throws NotYaml {
        List<Node> nodes = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            nodes.add(node(event));
        }
        return new Node.Items(line, nodes);
    }

    private Node fields(int line) throws NotYaml {
        Map<String, Node> nodes = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (!(event instanceof ScalarEvent key)) {
                throw new NotYaml(YamlEvents.line(event), "a key must be a name");
            }
            if (nodes.putIfAbsent(key.getValue(), node(events.next())) != null) {
                problems.add(YamlEvents.line(key), Quoted.bare(key.getValue()), "is given twice");
            }
        }
        return new Node.Fields(line, nodes);
    }
}
