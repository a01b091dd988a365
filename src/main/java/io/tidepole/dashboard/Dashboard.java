package io.tidepole.dashboard;

import java.time.Duration;
import java.util.List;

/**
 * A dashboard as its file describes it; see {@code docs/dashboards.md}.
 *
 * @param title what people call it
 * @param description one or two sentences; may be empty
 * @param interval how often it is updated: one of {@link io.tidepole.window.Interval}
 * @param range how much of the past its charts show at first
 * @param panels in the order in which they are read on a phone
 */
record Dashboard(String title, String description, Duration interval, Duration range, List<Panel> panels) {
    /** Each follows its series by a subscription of its own, of which a viewer has 64 unless configured otherwise. */
    static final int MAX_PANELS = 48;

    Dashboard {
        panels = List.copyOf(panels);
        if (panels.size() > MAX_PANELS) {
            throw new IllegalArgumentException("at most " + MAX_PANELS + " panels");
        }
    }
}
