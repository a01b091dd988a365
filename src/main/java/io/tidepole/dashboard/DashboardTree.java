package io.tidepole.dashboard;

import io.tidepole.config.Durations;
import io.tidepole.window.Stat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** A dashboard as maps, lists, texts and numbers: what its file says, without what is so by default. */
final class DashboardTree {
    private DashboardTree() {}

    static Map<String, Object> of(Dashboard dashboard) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("title", dashboard.title());
        put(tree, "description", dashboard.description());
        tree.put("interval", Durations.format(dashboard.interval()));
        tree.put("range", Durations.format(dashboard.range()));
        tree.put("panels", dashboard.panels().stream().map(DashboardTree::panel).toList());
        return tree;
    }

    private static Map<String, Object> panel(Panel panel) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "title", panel.title());
        tree.put("kind", FieldReader.lowerCase(panel.kind()));
        tree.put("x", panel.place().x());
        tree.put("y", panel.place().y());
        tree.put("w", panel.place().w());
        tree.put("h", panel.place().h());
        put(tree, "text", panel.text());
        put(tree, "unit", panel.unit());
        put(tree, "min", panel.min());
        put(tree, "max", panel.max());
        panel.decimals().ifPresent(decimals -> tree.put("decimals", decimals));
        put(tree, "series", panel.series().stream().map(DashboardTree::series).toList());
        panel.thresholds().ifPresent(thresholds -> tree.put("thresholds", thresholds(thresholds)));
        put(tree, "states", panel.states().stream().map(DashboardTree::state).toList());
        return tree;
    }

    private static Map<String, Object> series(SeriesChoice series) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("select", series.select().toString());
        if (series.stat() != Stat.LAST) {
            tree.put("stat", series.stat().wireName());
        }
        put(tree, "by", series.by());
        put(tree, "unit", series.unit());
        put(tree, "label", series.label());
        if (series.below()) {
            tree.put("below", true);
        }
        return tree;
    }

    private static Map<String, Object> thresholds(Thresholds thresholds) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "warn", thresholds.warn());
        put(tree, "critical", thresholds.critical());
        if (thresholds.direction() != Thresholds.Direction.ABOVE) {
            tree.put("direction", FieldReader.lowerCase(thresholds.direction()));
        }
        if (thresholds.hysteresis() != 0) {
            tree.put("hysteresis", plain(thresholds.hysteresis()));
        }
        return tree;
    }

    private static Map<String, Object> state(StateName state) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("from", plain(state.from()));
        tree.put("text", state.text());
        if (state.level() != StateName.Level.NONE) {
            tree.put("level", FieldReader.lowerCase(state.level()));
        }
        return tree;
    }

    private static void put(Map<String, Object> tree, String name, String text) {
        if (!text.isEmpty()) {
            tree.put(name, text);
        }
    }

    private static void put(Map<String, Object> tree, String name, List<?> list) {
        if (!list.isEmpty()) {
            tree.put(name, list);
        }
    }

    private static void put(Map<String, Object> tree, String name, OptionalDouble value) {
        value.ifPresent(number -> tree.put(name, plain(number)));
    }

    /** 70 rather than 70.0. */
    private static Number plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? (Number) (long) value : (Number) value;
    }
}
