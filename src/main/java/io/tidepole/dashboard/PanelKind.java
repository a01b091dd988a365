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
    TEXT
}
