package io.tidepole.prometheus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Applies an operator to series and a number, or to those series of two sides that belong together. */
final class Pairing {
    private final Expression.Binary binary;
    private final int times;

    Pairing(Expression.Binary binary, int times) {
        this.binary = binary;
        this.times = times;
    }

    List<Column> columns(Evaluator evaluator) {
        if (binary.left().type() == Expression.Type.SCALAR) {
            double[] left = binary.left().scalars(evaluator);
            return withNumber(binary.right().columns(evaluator), (index, value) -> binary.operator()
                    .apply(left[index], value));
        }
        List<Column> left = binary.left().columns(evaluator);
        if (binary.right().type() == Expression.Type.SCALAR) {
            double[] right = binary.right().scalars(evaluator);
            return withNumber(left, (index, value) -> binary.operator().apply(value, right[index]));
        }
        List<Column> right = binary.right().columns(evaluator);
        return binary.operator().isSet() ? set(left, right) : oneToOne(left, right);
    }

    private boolean filters() {
        return binary.operator().isComparison() && !binary.bool();
    }

    private List<Column> withNumber(List<Column> columns, Column.Change result) {
        List<Column> results = new ArrayList<>();
        for (Column column : columns) {
            results.add(filters() ? held(column, result) : column.changed(result));
        }
        return filters() ? there(results) : Columns.distinct(results);
    }

    /** What a comparison holds for, with the values as they are. */
    private static Column held(Column column, Column.Change comparison) {
        BitSet held = new BitSet();
        column.present().stream()
                .filter(index -> comparison.of(index, column.values()[index]) != 0)
                .forEach(held::set);
        return new Column(column.labels(), column.values(), held);
    }

    private static List<Column> there(List<Column> columns) {
        return columns.stream().filter(column -> !column.present().isEmpty()).toList();
    }

    private Map<String, String> signature(Column column) {
        TreeMap<String, String> labels = new TreeMap<>(column.labels());
        if (binary.matching().on()) {
            labels.keySet().retainAll(binary.matching().labels());
        } else {
            labels.keySet().removeAll(binary.matching().labels());
            labels.remove(Column.NAME);
        }
        return labels;
    }

    private List<Column> set(List<Column> left, List<Column> right) {
        Map<Map<String, String>, BitSet> inLeft = presence(left);
        Map<Map<String, String>, BitSet> inRight = presence(right);
        List<Column> result = new ArrayList<>();
        for (Column column : left) {
            BitSet other = inRight.getOrDefault(signature(column), new BitSet());
            result.add(
                    switch (binary.operator()) {
                        case AND -> masked(column, other, true);
                        case UNLESS -> masked(column, other, false);
                        default -> column;
                    });
        }
        if (binary.operator() == Operator.OR) {
            right.forEach(
                    column -> result.add(masked(column, inLeft.getOrDefault(signature(column), new BitSet()), false)));
        }
        return there(result);
    }

    private Map<Map<String, String>, BitSet> presence(List<Column> columns) {
        Map<Map<String, String>, BitSet> presence = new HashMap<>();
        columns.forEach(column -> presence.computeIfAbsent(signature(column), none -> new BitSet())
                .or(column.present()));
        return presence;
    }

    private static Column masked(Column column, BitSet mask, boolean keep) {
        BitSet present = (BitSet) column.present().clone();
        if (keep) {
            present.and(mask);
        } else {
            present.andNot(mask);
        }
        return new Column(column.labels(), column.values(), present);
    }

    private List<Column> oneToOne(List<Column> left, List<Column> right) {
        Map<Map<String, String>, Column> partners = new HashMap<>();
        right.forEach(column -> partners.merge(signature(column), column, this::single));
        Map<Map<String, String>, Column> firsts = new java.util.LinkedHashMap<>();
        left.forEach(column -> firsts.merge(signature(column), column, this::single));
        List<Column> results = new ArrayList<>();
        firsts.forEach((signature, column) -> Optional.ofNullable(partners.get(signature))
                .ifPresent(partner -> results.add(pair(signature, column, partner))));
        return there(results);
    }

    private Column single(Column one, Column other) {
        if (one.present().intersects(other.present())) {
            throw QueryException.execution("found duplicate series for the match group " + signature(one)
                    + ": many-to-many matching not allowed: matching labels must be unique on one side");
        }
        return Columns.joined(one, other);
    }

    private Column pair(Map<String, String> signature, Column left, Column right) {
        boolean keepsName = filters() && !binary.matching().on();
        Map<String, String> labels = new TreeMap<>(signature);
        if (keepsName && left.labels().containsKey(Column.NAME)) {
            labels.put(Column.NAME, left.labels().getOrDefault(Column.NAME, ""));
        }
        Column result = new Column(labels, times);
        for (int index = 0; index < times; index++) {
            if (left.present().get(index) && right.present().get(index)) {
                double value = binary.operator().apply(left.values()[index], right.values()[index]);
                if (!filters()) {
                    result.put(index, value);
                } else if (value != 0) {
                    result.put(index, left.values()[index]);
                }
            }
        }
        return result;
    }
}
