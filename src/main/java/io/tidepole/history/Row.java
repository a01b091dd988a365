package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Stat;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One series of an answer, or several that were joined, in columns with one value for each window; NaN where there is
 * none.
 *
 * @param descriptor what it is
 * @param values the statistic that was asked for
 * @param spread what else windows of several readings hold
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; columns are arrays
record Row(Descriptor descriptor, double[] values, Optional<Spread> spread) {
    /** The extremes of each window, and its first value, so that a line may be drawn as it went. */
    @SuppressWarnings("ArrayRecordComponent")
    record Spread(double[] min, double[] max, double[] first) {}

    static Row of(Descriptor descriptor, @Nullable Aggregate[] windows, Stat stat) {
        return new Row(
                descriptor,
                column(windows, window -> window.value(stat)),
                stat == Stat.LAST && hasSeveralReadings(windows) ? Optional.of(spread(windows)) : Optional.empty());
    }

    private static boolean hasSeveralReadings(@Nullable Aggregate[] windows) {
        for (Aggregate window : windows) {
            if (window != null && window.count() > 1) {
                return true;
            }
        }
        return false;
    }

    private static Spread spread(@Nullable Aggregate[] windows) {
        return new Spread(
                column(windows, window -> window.value(Stat.MIN)),
                column(windows, window -> window.value(Stat.MAX)),
                column(windows, window -> OptionalDouble.of(window.first())));
    }

    private static double[] column(@Nullable Aggregate[] windows, Function<Aggregate, OptionalDouble> value) {
        double[] column = new double[windows.length];
        for (int i = 0; i < column.length; i++) {
            Aggregate window = windows[i];
            column[i] = window == null ? Double.NaN : value.apply(window).orElse(Double.NaN);
        }
        return column;
    }
}
