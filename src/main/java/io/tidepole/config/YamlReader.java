package io.tidepole.config;

import io.tidepole.config.YamlEvents.NotYaml;
import java.util.HashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Reads settings from YAML text, each with its line.
 *
 * <p>It walks the parser's events and never builds a tree: the parser keeps its state on the heap, while its composer
 * recurses into whatever a file nests. Recursion here goes only into groups that the table of keys knows, and aliases
 * are refused, so that no file can exhaust stack or heap.
 */
final class YamlReader {
    private final String label;
    private final Values values;
    private final Report report;
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * A reader for one text.
     *
     * @param label the file's name in the report
     */
    YamlReader(String label, Values values, Report report) {
        this.label = label;
        this.values = values;
        this.report = report;
    }

    /** Takes the settings that stand before the first place that is not YAML. */
    void read(String text) {
        try {
            documents(new YamlEvents(text));
        } catch (NotYaml bad) {
            problem(bad.line(), "", "not YAML: " + bad.getMessage());
        }
    }

    private void documents(YamlEvents events) throws NotYaml {
        int documents = 0;
        while (events.hasNext() && !report.isFull()) {
            Event event = events.next();
            if (event.getEventId() == Event.ID.DocumentStart) {
                documents++;
                if (documents > 1) {
                    problem(YamlEvents.line(event), "", "a second document begins; a configuration is one");
                    return;
                }
                document(events.next(), events);
            }
        }
    }

    private void document(Event root, YamlEvents events) throws NotYaml {
        if (root.getEventId() == Event.ID.MappingStart) {
            mapping("", events);
        } else if (!YamlEvents.isNothing(root)) {
            problem(YamlEvents.line(root), "", "a configuration is made of keys with values, as in 'data: /var/data'");
            events.skip(root);
        }
    }

    private void mapping(String prefix, YamlEvents events) throws NotYaml {
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            if (report.isFull()) {
                return;
            }
            if (event instanceof ScalarEvent key) {
                entry(prefix + key.getValue(), YamlEvents.line(key), events.next(), events);
            } else {
                problem(YamlEvents.line(event), "", "a key must be a name");
                events.skip(event);
                events.skip(events.next());
            }
        }
    }

    private void entry(String name, int line, Event value, YamlEvents events) throws NotYaml {
        Integer earlier = lines.putIfAbsent(name, line);
        if (earlier != null) {
            problem(line, name, "already given in line " + earlier);
        }
        Key<?> key = Names.KEYS.get(name);
        if (key != null) {
            setting(key, line, value, events);
        } else if (Names.GROUPS.contains(name)) {
            group(name, line, value, events);
        } else {
            problem(line, name, "no such key" + Names.hint(name, Names.known()));
            events.skip(value);
        }
    }

    private void setting(Key<?> key, int line, Event value, YamlEvents events) throws NotYaml {
        if (YamlEvents.isNothing(value)) {
            problem(line, key.name(), "has no value; give it one, or comment the line out");
        } else if (value instanceof ScalarEvent scalar) {
            values.read(key, scalar.getValue(), source(line, key.name()), report);
        } else {
            problem(
                    line,
                    key.name(),
                    name(value) + " where there should be " + key.kind().noun());
            events.skip(value);
        }
    }

    private void group(String name, int line, Event value, YamlEvents events) throws NotYaml {
        if (value.getEventId() == Event.ID.MappingStart) {
            mapping(name + ".", events);
            return;
        }
        // A group whose keys are all commented out says nothing, and that is fine.
        if (!YamlEvents.isNothing(value)) {
            problem(line, name, name(value) + " where there should be keys: " + Names.inGroup(name));
        }
        events.skip(value);
    }

    private static String name(Event value) {
        return switch (value.getEventId()) {
            case MappingStart -> "keys";
            case SequenceStart -> "a list";
            case Alias -> "an alias";
            default -> "a value";
        };
    }

    private void problem(int line, String name, String reason) {
        report.add(source(line, name), reason);
    }

    private String source(int line, String name) {
        String place = label + ":" + line;
        return name.isEmpty() ? place : place + ": " + Quoted.bare(name);
    }
}
