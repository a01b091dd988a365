package io.tidepole.window;

import java.util.List;

/**
 * All windows that ended together.
 *
 * @param sequence counts ticks of this run
 * @param endMillis the common end of the windows, milliseconds since the epoch
 * @param panes one for each window length that ends here; a tick that corrects an earlier one holds what changed
 * @param grouped what is aggregated across series, likewise
 * @param appeared series that had no reading before, also those whose first ones are in no window that is sent
 * @param retired series that were silent for so long that they are forgotten
 */
public record Tick(
        long sequence,
        long endMillis,
        List<Pane> panes,
        List<GroupedPane> grouped,
        List<Newcomer> appeared,
        List<Series> retired) {
    public Tick {
        grouped = List.copyOf(grouped);
        appeared = List.copyOf(appeared);
        retired = List.copyOf(retired);
        panes = List.copyOf(panes);
    }

    /**
     * A series that is new, and its newest reading by now.
     *
     * @param timeMicros microseconds since the epoch
     */
    public record Newcomer(Series series, long timeMicros, double value) {}

    /** Nothing is aggregated across series, and none is new. */
    public Tick(long sequence, long endMillis, List<Pane> panes, List<Series> retired) {
        this(sequence, endMillis, panes, List.of(), List.of(), retired);
    }
}
