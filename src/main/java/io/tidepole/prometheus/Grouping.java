package io.tidepole.prometheus;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes series together. */
final class Grouping {
    private final Expression.Aggregation aggregation;
    private final double[] parameter;
    private final int times;

    Grouping(Expression.Aggregation aggregation, double[] parameter, int times) {
        this.aggregation = aggregation;
        this.parameter = parameter;
        this.times = times;
    }

    List<Column> of(List<Column> columns) {
        Map<Map<String, String>, List<Column>> groups = new LinkedHashMap<>();
        for (Column column : columns) {
            groups.computeIfAbsent(labels(column), labels -> new ArrayList<>()).add(column);
        }
        List<Column> result = new ArrayList<>();
        groups.forEach((labels, members) -> {
            if (aggregation.aggregator().isChoice()) {
                result.addAll(chosen(members));
            } else {
                result.add(joined(labels, members));
            }
        });
        return result;
    }

    private Map<String, String> labels(Column column) {
        TreeMap<String, String> labels = new TreeMap<>(column.labels());
        if (aggregation.without()) {
            labels.keySet().removeAll(aggregation.labels());
            labels.remove(Column.NAME);
        } else {
            labels.keySet().retainAll(aggregation.labels());
        }
        return labels;
    }

    private Column joined(Map<String, String> labels, List<Column> members) {
        Column joined = new Column(labels, times);
        double[] values = new double[members.size()];
        for (int index = 0; index < times; index++) {
            int size = 0;
            for (Column member : members) {
                if (member.present().get(index)) {
                    values[size++] = member.values()[index];
                }
            }
            if (size > 0) {
                joined.put(index, aggregation.aggregator().of(values, size, parameter[index]));
            }
        }
        return joined;
    }

    private List<Column> chosen(List<Column> members) {
        List<Column> chosen = members.stream()
                .map(member -> new Column(member.labels(), member.values(), new BitSet()))
                .toList();
        for (int index = 0; index < times; index++) {
            int time = index;
            Comparator<Integer> byValue =
                    Comparator.comparingDouble(which -> members.get(which).values()[time]);
            java.util.stream.IntStream.range(0, members.size())
                    .filter(which -> members.get(which).present().get(time))
                    .boxed()
                    .sorted(aggregation.aggregator() == Aggregator.TOPK ? byValue.reversed() : byValue)
                    .limit(count(parameter[index]))
                    .forEach(which -> chosen.get(which).present().set(time));
        }
        return chosen.stream().filter(column -> !column.present().isEmpty()).toList();
    }

    private static long count(double parameter) {
        return parameter >= 1 ? (long) parameter : 0;
    }
}
