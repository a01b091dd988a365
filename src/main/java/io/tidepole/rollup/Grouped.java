package io.tidepole.rollup;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Across;
import io.tidepole.window.Aggregate;
import io.tidepole.window.GroupedPane;
import io.tidepole.window.Grouping;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One grouping that someone watches: which series belong to which group of it. */
final class Grouped {
    private final Grouping grouping;
    private final Set<Integer> intervalsMillis;
    private final Map<Known, Optional<Descriptor>> groupOf = new HashMap<>();
    /** The same group is the same object. */
    private final Map<Descriptor, Descriptor> groups = new HashMap<>();

    Grouped(Grouping grouping, Set<Integer> intervalsMillis) {
        this.grouping = grouping;
        this.intervalsMillis = intervalsMillis;
    }

    boolean watches(int intervalMillis) {
        return intervalsMillis.contains(intervalMillis);
    }

    private Optional<Descriptor> group(Known series) {
        return groupOf.computeIfAbsent(series, unknown -> {
            Descriptor member = unknown.series.descriptor();
            return grouping.matches(member.key())
                    ? Optional.of(groups.computeIfAbsent(grouping.by().group(member), group -> group))
                    : Optional.empty();
        });
    }

    void forget(Known series) {
        groupOf.remove(series);
    }

    /** The aggregates of all groups in one window. */
    GroupedPane pane(int intervalMillis, Sums window) {
        return pane(intervalMillis, window, groups -> true);
    }

    /** The aggregates of those groups that have one of these series. */
    GroupedPane pane(int intervalMillis, Sums window, Collection<Known> corrected) {
        Set<Descriptor> touched = new HashSet<>();
        corrected.forEach(series -> group(series).ifPresent(touched::add));
        return pane(intervalMillis, window, touched::contains);
    }

    private GroupedPane pane(int intervalMillis, Sums window, java.util.function.Predicate<Descriptor> chosen) {
        Map<Descriptor, Across> across = new LinkedHashMap<>();
        for (Known series : window.members()) {
            Descriptor group = group(series).filter(chosen).orElse(null);
            Aggregate aggregate = window.get(series);
            if (group != null && aggregate != null) {
                across.computeIfAbsent(group, none -> new Across()).add(aggregate);
            }
        }
        List<Aggregate> aggregates = new ArrayList<>();
        across.values().forEach(each -> aggregates.add(each.aggregate()));
        return new GroupedPane(intervalMillis, grouping, List.copyOf(across.keySet()), aggregates);
    }
}
