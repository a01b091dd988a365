package io.tidepole.window;

import java.util.List;

/**
 * All windows that ended together.
 *
 * @param sequence counts ticks of this run
 * @param endMillis the common end of the windows, milliseconds since the epoch
 * @param panes one for each window length that ends here; a tick that corrects an earlier one holds what changed
 * @param grouped what is aggregated across series, likewise
 * @param retired series that were silent for so long that they are forgotten
 */
public record Tick(long sequence, long endMillis, List<Pane> panes, List<GroupedPane> grouped, List<Series> retired) {
    public Tick {
        grouped = List.copyOf(grouped);
        retired = List.copyOf(retired);
        panes = List.copyOf(panes);
    }

    /** Nothing is aggregated across series. */
    public Tick(long sequence, long endMillis, List<Pane> panes, List<Series> retired) {
        this(sequence, endMillis, panes, List.of(), retired);
    }
}
