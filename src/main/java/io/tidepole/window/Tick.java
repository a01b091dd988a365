package io.tidepole.window;

import java.util.List;

/**
 * All windows that ended together.
 *
 * @param sequence counts ticks of this run
 * @param endMillis the common end of the windows, milliseconds since the epoch
 * @param panes one for each window length that ends here; a tick that corrects an earlier one holds what changed
 * @param retired series that were silent for so long that they are forgotten
 */
public record Tick(long sequence, long endMillis, List<Pane> panes, List<Series> retired) {
    public Tick {
        retired = List.copyOf(retired);
        panes = List.copyOf(panes);
    }
}
