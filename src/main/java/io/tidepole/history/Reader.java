package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Across;
import io.tidepole.window.Aggregate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions with the same windows that were sent live. */
final class Reader {
    /** Values in an answer; beyond it the answer would take seconds to make and tens of megabytes to send. */
    private static final int MAX_CELLS = 2_000_000;
    /** A counter's first window counts from the reading before it, if that is no older. */
    private static final long LOOK_BACK_MICROS = 120_000_000L;

    private final Past past;
    private final HistoryQuery query;

    private Reader(Past past, HistoryQuery query) {
        this.past = past;
        this.query = query;
    }

    /** Takes rows, sorted by key. */
    interface Rows {
        void row(Row row) throws IOException;
    }

    static void read(Past past, HistoryQuery query, Rows rows) throws IOException {
        new Reader(past, query).read(rows);
    }

    private void read(Rows rows) throws IOException {
        Map<Descriptor, List<Descriptor>> groups = new LinkedHashMap<>();
        for (Descriptor series : past.series(query.selectors(), query.startMicros(), query.stopMicros())) {
            Descriptor group = query.by().map(by -> by.group(series)).orElse(series);
            groups.computeIfAbsent(group, none -> new ArrayList<>()).add(series);
        }
        if ((long) groups.size() * query.windows() > MAX_CELLS) {
            throw new TooMuchException(groups.size() + " series of " + query.windows() + " windows are more than "
                    + MAX_CELLS + " values; ask for fewer series, a greater step or a shorter range");
        }
        List<Descriptor> sorted = new ArrayList<>(groups.keySet());
        sorted.sort(Comparator.comparing(Descriptor::key));
        for (Descriptor group : sorted) {
            past.check();
            rows.row(Row.of(group, windows(groups.getOrDefault(group, List.of())), query.stat()));
        }
    }

    private @Nullable Aggregate[] windows(List<Descriptor> members) {
        if (members.size() == 1) {
            return windows(members.get(0));
        }
        Across[] across = new Across[query.windows()];
        Arrays.setAll(across, window -> new Across());
        for (Descriptor member : members) {
            @Nullable Aggregate[] ofOne = windows(member);
            for (int i = 0; i < ofOne.length; i++) {
                if (ofOne[i] != null) {
                    across[i].add(ofOne[i]);
                }
            }
        }
        @Nullable Aggregate[] all = new Aggregate[across.length];
        Arrays.setAll(all, window -> across[window].isEmpty() ? null : across[window].aggregate());
        return all;
    }

    private @Nullable Aggregate[] windows(Descriptor series) {
        Fold fold = new Fold(query, series.kind());
        long lookBackMicros = series.kind() == Descriptor.Kind.COUNTER ? LOOK_BACK_MICROS : 0;
        long fromMicros = query.startMicros() - lookBackMicros;
        if (query.stat().isQuantile() || query.stepMillis() % Archive.Tier.MINUTE.lengthMillis() != 0) {
            past.scan(series.key(), fromMicros, query.stopMicros(), fold::sample);
        } else {
            Archive.Tier tier = query.stepMillis() % Archive.Tier.HOUR.lengthMillis() == 0
                    ? Archive.Tier.HOUR
                    : Archive.Tier.MINUTE;
            past.scan(series.key(), tier, fromMicros, query.stopMicros(), fold);
        }
        return fold.windows();
    }
}
