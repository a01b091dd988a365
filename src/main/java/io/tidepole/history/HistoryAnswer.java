package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The past of some series, in columns.
 *
 * @param query what was asked
 * @param series sorted by key
 */
public record HistoryAnswer(HistoryQuery query, List<Row> series) {
    public HistoryAnswer {
        series = List.copyOf(series);
    }

    /**
     * One series.
     *
     * @param descriptor what it is
     * @param windows one for each step; null where the window is empty
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody; columns are arrays
    public record Row(Descriptor descriptor, @Nullable Aggregate[] windows) {}
}
