package io.tidepole.prometheus;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** Computes what a query says for all its times at once, series by series. Blocks, as it reads. */
final class Evaluator {
    /** Values that a step of the computation may hold. */
    private static final long MAX_VALUES = 5_000_000;
    /** From steps of this length on, the outline of the samples is enough. */
    private static final long OUTLINE_MILLIS = 300_000;

    private final Storage.Samples storage;
    private final Grid grid;

    Evaluator(Storage.Samples storage, Grid grid) {
        this.storage = storage;
        this.grid = grid;
    }

    Grid grid() {
        return grid;
    }

    double[] scalars(Expression.Literal literal) {
        double[] values = new double[grid.times()];
        Arrays.fill(values, literal.value());
        return values;
    }

    double[] scalars(Expression.Time time) {
        double[] values = new double[grid.times()];
        Arrays.setAll(values, index -> grid.timeMillis(index) / 1e3);
        return values;
    }

    double[] scalars(Expression.ToScalar only) {
        List<Column> columns = only.of().columns(this);
        double[] values = new double[grid.times()];
        Arrays.setAll(values, index -> {
            List<Column> there = columns.stream()
                    .filter(column -> column.present().get(index))
                    .toList();
            return there.size() == 1 ? there.get(0).values()[index] : Double.NaN;
        });
        return values;
    }

    double[] scalars(Expression.Negation negation) {
        return Arrays.stream(negation.of().scalars(this)).map(value -> -value).toArray();
    }

    double[] scalars(Expression.Binary binary) {
        double[] left = binary.left().scalars(this);
        double[] right = binary.right().scalars(this);
        double[] values = new double[grid.times()];
        Arrays.setAll(values, index -> binary.operator().apply(left[index], right[index]));
        return values;
    }

    List<Column> columns(Expression.ToVector vector) {
        Column column = new Column(Map.of(), vector.of().scalars(this), new BitSet());
        column.present().set(0, grid.times());
        return List.of(column);
    }

    List<Column> columns(Expression.Negation negation) {
        return Columns.distinct(negation.of().columns(this).stream()
                .map(column -> column.changed((index, value) -> -value))
                .toList());
    }

    List<Column> columns(Expression.Binary binary) {
        return new Pairing(binary, grid.times()).columns(this);
    }

    List<Column> columns(Expression.Aggregation aggregation) {
        double[] parameter = aggregation.parameter().isPresent()
                ? aggregation.parameter().get().scalars(this)
                : new double[grid.times()];
        return new Grouping(aggregation, parameter, grid.times())
                .of(aggregation.of().columns(this));
    }

    List<Column> columns(Expression.OverValues call) {
        List<double[]> parameters =
                call.parameters().stream().map(each -> each.scalars(this)).toList();
        double[] now = new double[parameters.size()];
        return Columns.distinct(call.of().columns(this).stream()
                .map(column -> column.changed((index, value) -> {
                    Arrays.setAll(now, which -> parameters.get(which)[index]);
                    return call.function().of(value, now);
                }))
                .toList());
    }

    List<Column> columns(Expression.Instant instant) {
        List<Column> columns = new ArrayList<>();
        for (Descriptor series : select(instant.selector(), grid.lookbackMillis(), instant.offsetMillis())) {
            storage.check();
            Column column = new Column(labels(series.key()), grid.times());
            Newest newest = new Newest(column, instant.offsetMillis());
            scan(series.key(), grid.lookbackMillis(), instant.offsetMillis(), true, newest);
            newest.until(Long.MAX_VALUE);
            if (!column.present().isEmpty()) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Puts into each place the newest sample that is not too old for it. */
    private final class Newest implements Storage.Sink {
        private final Column column;
        private final long offsetMillis;
        private long lastMillis = Long.MIN_VALUE;
        private double last;
        private int next;

        Newest(Column column, long offsetMillis) {
            this.column = column;
            this.offsetMillis = offsetMillis;
        }

        @Override
        public void sample(long timeMicros, double value) {
            long timeMillis = Math.floorDiv(timeMicros, 1_000);
            until(timeMillis);
            lastMillis = timeMillis;
            last = value;
        }

        void until(long endMillis) {
            for (; next < grid.times() && grid.timeMillis(next) - offsetMillis < endMillis; next++) {
                if (lastMillis > grid.timeMillis(next) - offsetMillis - grid.lookbackMillis()) {
                    column.put(next, last);
                }
            }
        }
    }

    List<Column> columns(Expression.OverRange call) {
        double[] parameter =
                call.parameter().isPresent() ? call.parameter().get().scalars(this) : new double[grid.times()];
        long rangeMillis = call.of().rangeMillis();
        long offsetMillis = call.of().offsetMillis();
        List<Column> columns = new ArrayList<>();
        for (Descriptor series : select(call.of().selector(), rangeMillis, offsetMillis)) {
            storage.check();
            Track track = new Track();
            scan(series.key(), rangeMillis, offsetMillis, call.function().takesOutline(), track::add);
            Column column = new Column(Columns.unnamed(labels(series.key())), grid.times());
            slide(call, parameter, track, column);
            if (!column.present().isEmpty()) {
                columns.add(column);
            }
        }
        return Columns.distinct(columns);
    }

    private void slide(Expression.OverRange call, double[] parameter, Track track, Column column) {
        int from = 0;
        int until = 0;
        for (int index = 0; index < grid.times(); index++) {
            long endMillis = grid.timeMillis(index) - call.of().offsetMillis();
            while (until < track.size() && track.timeMillis(until) <= endMillis) {
                until++;
            }
            while (from < until
                    && track.timeMillis(from) <= endMillis - call.of().rangeMillis()) {
                from++;
            }
            OptionalDouble value =
                    call.function().of(track, from, until, endMillis, call.of().rangeMillis(), parameter[index]);
            if (value.isPresent()) {
                column.put(index, value.getAsDouble());
            }
        }
    }

    /** All samples of a range, for an answer that is made of them. */
    Map<Descriptor, Track> tracks(Expression.Range range) {
        Map<Descriptor, Track> tracks = new java.util.LinkedHashMap<>();
        for (Descriptor series : select(range.selector(), range.rangeMillis(), range.offsetMillis())) {
            storage.check();
            Track track = new Track();
            scan(series.key(), range.rangeMillis(), range.offsetMillis(), false, track::add);
            if (track.size() > 0) {
                tracks.put(series, track);
            }
        }
        return tracks;
    }

    private List<Descriptor> select(Selector selector, long reachMillis, long offsetMillis) {
        List<Descriptor> found =
                storage.series(List.of(selector), fromMicros(reachMillis, offsetMillis), untilMicros(offsetMillis));
        if ((long) found.size() * grid.times() > MAX_VALUES) {
            throw QueryException.execution("query processing would load too many samples into memory: " + found.size()
                    + " series at " + grid.times() + " times");
        }
        return found;
    }

    private void scan(SeriesKey series, long reachMillis, long offsetMillis, boolean takesOutline, Storage.Sink sink) {
        long fromMicros = fromMicros(reachMillis, offsetMillis);
        if (takesOutline && grid.times() > 1 && Math.min(grid.stepMillis(), reachMillis) >= OUTLINE_MILLIS) {
            storage.outline(series, fromMicros, untilMicros(offsetMillis), sink);
        } else {
            storage.scan(series, fromMicros, untilMicros(offsetMillis), sink);
        }
    }

    /** Excluded is what is exactly so old, as in Prometheus. */
    private long fromMicros(long reachMillis, long offsetMillis) {
        return (grid.startMillis() - offsetMillis - reachMillis + 1) * 1_000;
    }

    private long untilMicros(long offsetMillis) {
        return (grid.endMillis() - offsetMillis + 1) * 1_000;
    }

    /** The labels of a series, and its metric as one of them. */
    static Map<String, String> labels(SeriesKey key) {
        TreeMap<String, String> labels = new TreeMap<>(key.labels());
        labels.put(Column.NAME, key.metric());
        return labels;
    }
}
