package io.tidepole.dashboard;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * One panel of a dashboard.
 *
 * @param series empty for a text, else at least one
 * @param text limited Markdown; empty for all other kinds
 * @param unit in place of the series' own; empty for that one
 * @param min the lower end of the scale, where it is fixed
 * @param max its upper end
 * @param decimals digits after the point, where they are fixed
 * @param states names of values, the least first
 */
record Panel(
        String title,
        PanelKind kind,
        Place place,
        List<SeriesChoice> series,
        String text,
        String unit,
        OptionalDouble min,
        OptionalDouble max,
        OptionalInt decimals,
        Optional<Thresholds> thresholds,
        List<StateName> states) {
    Panel {
        series = List.copyOf(series);
        states = List.copyOf(states);
        if ((kind == PanelKind.TEXT) != series.isEmpty()) {
            throw new IllegalArgumentException("a text has no series, every other panel has some");
        }
        if (min.isPresent() && max.isPresent() && min.getAsDouble() >= max.getAsDouble()) {
            throw new IllegalArgumentException("min is less than max");
        }
    }
}
