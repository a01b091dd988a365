package io.tidepole.config;

import java.util.Iterator;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/** The events of a YAML text, one after the other, parsed as they are asked for. */
public final class YamlEvents {
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();

    /** Far more than a configuration needs; the parser's time grows with the square of the depth. */
    private static final int MAX_DEPTH = 32;

    private static final Set<String> NOTHING = Set.of("", "~", "null");

    private final String text;
    private final Iterator<Event> events;
    private int line = 1;
    private int depth;

    /** Events of this text; nothing is parsed yet. */
    public YamlEvents(String text) {
        this.text = text;
        events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /** That the text is not YAML, and from which line on. */
    public static final class NotYaml extends Exception {
        private static final long serialVersionUID = 1;
        private final int line;

        /** That it ends to be YAML in this line, and why. */
        public NotYaml(int line, String reason) {
            super(reason);
            this.line = line;
        }

        /** Counted from 1. */
        public int line() {
            return line;
        }
    }

    /** Whether there is more. */
    public boolean hasNext() throws NotYaml {
        try {
            return events.hasNext();
        } catch (RuntimeException bad) {
            throw notYaml(bad);
        }
    }

    /** The next event. */
    public Event next() throws NotYaml {
        try {
            Event event = events.next();
            line = line(event);
            depth += change(event);
            if (depth <= MAX_DEPTH) {
                return event;
            }
        } catch (RuntimeException bad) {
            throw notYaml(bad);
        }
        throw new NotYaml(line, "nested too deeply");
    }

    /** Besides its own exceptions the parser lets others through: NumberFormatException for a broken escape. */
    private NotYaml notYaml(RuntimeException bad) {
        if (bad instanceof MarkedYamlEngineException marked) {
            return notYaml(marked);
        }
        if (bad instanceof ReaderException reader) {
            return new NotYaml(lineAt(reader.getPosition()), "a character that may not stand there");
        }
        return new NotYaml(line, "something unreadable in this line or soon after it");
    }

    private NotYaml notYaml(MarkedYamlEngineException bad) {
        int began = bad.getContextMark().map(YamlEvents::line).orElse(line);
        int ended = bad.getProblemMark().map(YamlEvents::line).orElse(began);
        String reason = Quoted.line(bad.getProblem());
        return new NotYaml(ended, began < ended ? reason + ", in what began in line " + began : reason);
    }

    private int lineAt(int position) {
        long breaks =
                text.codePoints().limit(position).filter(point -> point == '\n').count();
        return (int) breaks + 1;
    }

    /** Passes over the rest of what this event begins, however deep it nests. */
    void skip(Event begun) throws NotYaml {
        int open = change(begun);
        while (open > 0) {
            open += change(next());
        }
    }

    private static int change(Event event) {
        return switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
        };
    }

    /** Counted from 1. */
    public static int line(Event event) {
        return event.getStartMark().map(YamlEvents::line).orElse(1);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    /** Whether nothing stands where a value could: {@code http.port:} with no more on the line. */
    public static boolean isNothing(Event event) {
        return event instanceof ScalarEvent scalar && scalar.isPlain() && NOTHING.contains(scalar.getValue());
    }
}
