package io.tidepole.dashboard;

/** How a panel shows its series. */
enum PanelKind {
    LINE,
    AREA,
    STACKED,
    MIRRORED,
    STAT,
    GAUGE,
    BAR,
    TABLE,
    HEATMAP,
    STATES,
    TEXT;

    /** Whether it draws lines over time. */
    boolean isChart() {
        return switch (this) {
            case LINE, AREA, STACKED, MIRRORED -> true;
            case STAT, GAUGE, BAR, TABLE, HEATMAP, STATES, TEXT -> false;
        };
    }
}
