package io.tidepole.prometheus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is done with several series. */
final class Columns {
    private Columns() {}

    /** The labels without the name of the metric. */
    static Map<String, String> unnamed(Map<String, String> labels) {
        TreeMap<String, String> rest = new TreeMap<>(labels);
        rest.remove(Column.NAME);
        return rest;
    }

    /** Joins those with the same labels, as long as they are not there at the same time. */
    static List<Column> distinct(List<Column> columns) {
        Map<Map<String, String>, Column> byLabels = new LinkedHashMap<>();
        for (Column column : columns) {
            byLabels.merge(column.labels(), column, (one, other) -> {
                if (one.present().intersects(other.present())) {
                    throw QueryException.execution("vector cannot contain metrics with the same labelset");
                }
                return joined(one, other);
            });
        }
        return new ArrayList<>(byLabels.values());
    }

    /** One series of what two have at different times. */
    static Column joined(Column one, Column other) {
        Column both = new Column(
                one.labels(), one.values().clone(), (BitSet) one.present().clone());
        other.present().stream().forEach(index -> both.put(index, other.values()[index]));
        return both;
    }
}
