package io.tidepole.dashboard;

import io.tidepole.config.Quoted;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import io.tidepole.window.Interval;
import io.tidepole.window.Stat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Reads a dashboard from its text, and says everything that is wrong with it at once. */
final class DashboardReader {
    private static final int MAX_TITLE = 120;
    private static final int MAX_DESCRIPTION = 500;
    private static final int MAX_TEXT = 8_000;
    private static final int MAX_SELECTOR = 1_000;
    private static final int MAX_SERIES = 32;
    private static final int MAX_STATES = 32;
    private static final int MAX_LABELS = 8;
    private static final int MAX_NAME = 200;
    private static final Duration MAX_RANGE = Duration.ofDays(366);

    private final Problems problems;

    private DashboardReader(Problems problems) {
        this.problems = problems;
    }

    /** The dashboard, if nothing speaks against it. */
    static Optional<Dashboard> read(String text, Problems problems) {
        Optional<Dashboard> read =
                YamlTree.read(text, problems).flatMap(root -> new DashboardReader(problems).document(root));
        if (read.isEmpty() && problems.isEmpty()) {
            problems.add(1, "", "nothing stands here; a dashboard has a title and panels");
        }
        return problems.isEmpty() ? read : Optional.empty();
    }

    private Optional<Dashboard> document(Node root) {
        if (!(root instanceof Node.Fields fields)) {
            problems.add(root.line(), "", "a dashboard is made of keys with values: title, panels");
            return Optional.empty();
        }
        FieldReader in = new FieldReader(fields, "", problems);
        if (!in.has("title")) {
            in.complain("a dashboard needs a title");
        }
        String title = in.text("title", "", MAX_TITLE);
        String description = in.text("description", "", MAX_DESCRIPTION);
        Duration interval = interval(in);
        Duration range = in.duration("range", Duration.ofMinutes(5), Duration.ofSeconds(10), MAX_RANGE);
        List<Placed> placed = in.groups("panels", Dashboard.MAX_PANELS, (panel, index) -> panel(panel, index));
        in.refuseOthers();
        refuseOverlaps(placed);
        return problems.isEmpty()
                ? Optional.of(new Dashboard(
                        title,
                        description,
                        interval,
                        range,
                        placed.stream().map(Placed::panel).toList()))
                : Optional.empty();
    }

    private static Duration interval(FieldReader in) {
        Duration second = Duration.ofSeconds(1);
        Duration interval = in.duration("interval", second, Duration.ofMillis(100), Duration.ofSeconds(60));
        if (!Interval.isAllowed(interval.toMillis())) {
            in.complain("interval", "is 100ms, 200ms, 500ms, 1s, 2s, 5s, 10s, 15s, 30s or 60s");
            return second;
        }
        return interval;
    }

    /** A panel and where it stands in the file. */
    private record Placed(Panel panel, int index, int line) {}

    private void refuseOverlaps(List<Placed> panels) {
        for (int i = 0; i < panels.size(); i++) {
            for (int j = 0; j < i; j++) {
                Placed later = panels.get(i);
                Placed earlier = panels.get(j);
                if (later.panel.place().overlaps(earlier.panel.place())) {
                    problems.add(
                            later.line,
                            "panels[" + later.index + "]",
                            "lies over panels[" + earlier.index + "], which begins in line " + earlier.line);
                }
            }
        }
    }

    private Optional<Placed> panel(FieldReader in, int index) {
        if (!in.has("kind")) {
            in.complain("a panel needs a kind");
        }
        PanelKind kind = in.choice("kind", PanelKind.class, PanelKind.LINE);
        String title = in.text("title", "", MAX_TITLE);
        Place place = place(in);
        List<SeriesChoice> series = in.groups("series", MAX_SERIES, (one, number) -> series(one));
        String text = in.text("text", "", MAX_TEXT);
        String unit = in.text("unit", "", MAX_NAME);
        OptionalDouble min = in.number("min");
        OptionalDouble max = in.number("max");
        int decimals = in.whole("decimals", -1, 0, 6);
        Optional<Thresholds> thresholds = in.group("thresholds").flatMap(this::thresholds);
        List<StateName> states = states(in);
        in.refuseOthers();
        if (!fits(in, kind, series, text, min, max)) {
            return Optional.empty();
        }
        Panel panel = new Panel(
                title,
                kind,
                place,
                series,
                text,
                unit,
                min,
                max,
                decimals < 0 ? OptionalInt.empty() : OptionalInt.of(decimals),
                thresholds,
                states);
        return Optional.of(new Placed(panel, index, in.line()));
    }

    private static boolean fits(
            FieldReader in,
            PanelKind kind,
            List<SeriesChoice> series,
            String text,
            OptionalDouble min,
            OptionalDouble max) {
        boolean fits = true;
        if (kind == PanelKind.TEXT && in.has("series")) {
            in.complain("series", "a text has none");
            fits = false;
        }
        if (kind != PanelKind.TEXT && !text.isEmpty()) {
            in.complain("text", "only a panel of kind text has it");
            fits = false;
        }
        if (kind != PanelKind.TEXT && series.isEmpty()) {
            if (!in.has("series")) {
                in.complain("needs series, each with a select");
            } else {
                in.complain("series", "needs at least one that can be read");
            }
            fits = false;
        }
        if (kind.isChart()
                && series.stream()
                                .map(one -> List.of(one.stat(), one.by()))
                                .distinct()
                                .count()
                        > 1) {
            in.complain("series", "all series of one chart have the same stat and the same by");
            fits = false;
        }
        if (min.isPresent() && max.isPresent() && min.getAsDouble() >= max.getAsDouble()) {
            in.complain("max", "is not more than min");
            fits = false;
        }
        return fits;
    }

    private static Place place(FieldReader in) {
        for (String name : List.of("x", "y", "w", "h")) {
            if (!in.has(name)) {
                in.complain("needs x, y, w and h; " + name + " is missing");
            }
        }
        int x = in.whole("x", 0, 0, Place.COLUMNS - 1);
        int y = in.whole("y", 0, 0, Place.MAX_ROWS);
        int w = in.whole("w", 1, 1, Place.COLUMNS);
        int h = in.whole("h", 1, 1, Place.MAX_HEIGHT);
        if (x + w > Place.COLUMNS) {
            in.complain("w", "reaches beyond the last of the " + Place.COLUMNS + " columns");
            w = Place.COLUMNS - x;
        }
        return new Place(x, y, w, h);
    }

    private Optional<SeriesChoice> series(FieldReader in) {
        if (!in.has("select")) {
            in.complain("needs a select, such as cpu_usage");
        }
        Optional<Selector> select = selector(in, in.text("select", "", MAX_SELECTOR));
        Stat stat = stat(in, in.text("stat", "last", MAX_NAME));
        List<String> by = in.texts("by", MAX_LABELS, MAX_NAME);
        String unit = in.text("unit", "", MAX_NAME);
        String label = in.text("label", "", MAX_NAME);
        boolean below = in.flag("below");
        in.refuseOthers();
        return select.map(chosen -> new SeriesChoice(chosen, stat, by, unit, label, below));
    }

    private static Optional<Selector> selector(FieldReader in, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Selector.parse(text));
        } catch (SelectorSyntaxException e) {
            in.complain("select", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Stat stat(FieldReader in, String name) {
        return Stat.byName(name).orElseGet(() -> {
            in.complain("stat", Quoted.of(name) + " is not " + Stat.names());
            return Stat.LAST;
        });
    }

    private Optional<Thresholds> thresholds(FieldReader in) {
        OptionalDouble warn = in.number("warn");
        OptionalDouble critical = in.number("critical");
        Thresholds.Direction direction = in.choice("direction", Thresholds.Direction.class, Thresholds.Direction.ABOVE);
        double hysteresis = in.number("hysteresis").orElse(0);
        in.refuseOthers();
        Optional<String> problem = Thresholds.problem(warn, critical, direction, hysteresis);
        problem.ifPresent(in::complain);
        return problem.isPresent()
                ? Optional.empty()
                : Optional.of(new Thresholds(warn, critical, direction, hysteresis));
    }

    private static List<StateName> states(FieldReader in) {
        List<StateName> states = new ArrayList<>(in.groups("states", MAX_STATES, (one, number) -> state(one)));
        states.sort(Comparator.comparingDouble(StateName::from));
        return states;
    }

    private static Optional<StateName> state(FieldReader in) {
        OptionalDouble from = in.number("from");
        String text = in.text("text", "", MAX_TITLE);
        StateName.Level level = in.choice("level", StateName.Level.class, StateName.Level.NONE);
        in.refuseOthers();
        if (!in.has("from") || text.isEmpty()) {
            in.complain("needs from, a number, and text");
        }
        return from.isEmpty() ? Optional.empty() : Optional.of(new StateName(from.getAsDouble(), text, level));
    }
}
