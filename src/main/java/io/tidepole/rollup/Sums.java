package io.tidepole.rollup;

import io.tidepole.window.Aggregate;
import io.tidepole.window.Pane;
import io.tidepole.window.Series;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aggregates by series: parts of one window are merged as they are added, in order of time. */
final class Sums {
    private final List<Known> members = new ArrayList<>();
    private @Nullable Aggregate[] byIndex = new Aggregate[64];

    /** Adds a part; it comes after those that were added before. */
    void add(Known series, Aggregate part) {
        int index = series.index();
        if (index >= byIndex.length) {
            byIndex = Arrays.copyOf(byIndex, Math.max(index + 1, byIndex.length * 2));
        }
        Aggregate before = byIndex[index];
        if (before == null) {
            members.add(series);
            byIndex[index] = part;
        } else {
            byIndex[index] = before.merge(part);
        }
    }

    List<Known> members() {
        return members;
    }

    @Nullable
    Aggregate get(Known series) {
        return series.index() < byIndex.length ? byIndex[series.index()] : null;
    }

    Pane pane(int intervalMillis) {
        Series[] series = new Series[members.size()];
        Aggregate[] aggregates = new Aggregate[series.length];
        int size = 0;
        for (Known member : members) {
            Aggregate aggregate = get(member);
            if (aggregate != null) {
                series[size] = member.series;
                aggregates[size++] = aggregate;
            }
        }
        return new Pane(intervalMillis, series, aggregates, size);
    }
}
