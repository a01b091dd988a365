package io.tidepole.ingest;

import io.tidepole.metric.Descriptor.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ExportMetricsServiceRequest of OTLP (opentelemetry-proto, metrics/v1), one data point an entry.
 *
 * <p>A metric's name is the measure, its unit the unit. Of the resource only what tells senders apart becomes labels; of
 * a data point all attributes do. Histograms and summaries are their count, their sum and some quantiles. What is sent as
 * the change since the last time is added up.
 */
final class OtlpEntries implements Entries {
    private static final Set<String> RESOURCE_LABELS = Set.of(
            "device",
            "device.id",
            "host.name",
            "service.name",
            "service.namespace",
            "service.instance.id",
            "deployment.environment",
            "deployment.environment.name");
    private static final int GAUGE = 5;
    private static final int SUM = 7;
    private static final int HISTOGRAM = 9;
    private static final int EXPONENTIAL = 10;
    private static final int DELTA = 1;
    private static final int NO_RECORDED_VALUE = 1;
    private static final Map<Double, String> QUANTILES = Map.of(0.5, "_p50", 0.95, "_p95", 0.99, "_p99");

    private final Proto request;
    private @Nullable Proto resource;
    private @Nullable Proto scopes;
    private @Nullable Proto metrics;
    private @Nullable Proto points;
    private Metric metric = new Metric();
    private boolean broken;

    /** What its data points have in common. */
    private static final class Metric {
        private String name = "";
        private String unit = "";
        private int data;
        private boolean counter;
        private boolean delta;
    }

    OtlpEntries(byte[] body) {
        this.request = new Proto(body);
    }

    @Override
    public boolean next(Entry entry) {
        entry.clear();
        if (broken) {
            return false;
        }
        try {
            return read(entry);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            broken = true;
            entry.clear().reject(Refusal.BAD_PROTO, "not readable as OTLP; nothing after it was read");
            return true;
        }
    }

    /** Goes on to the next data point, up the levels and down again. */
    private boolean read(Entry entry) {
        while (true) {
            if (points != null && points.next(1)) {
                if (point(entry.clear(), points.message())) {
                    return true;
                }
            } else if (metrics != null && metrics.next(2)) {
                metric(metrics.message());
            } else if (scopes != null && scopes.next(2)) {
                points = null;
                metrics = scopes.message();
            } else if (request.next(1)) {
                points = null;
                metrics = null;
                scopes = request.message();
                resource = request.message();
            } else {
                return false;
            }
        }
    }

    /** Metric: name 1, unit 3, gauge 5, sum 7, histogram 9, exponential histogram 10, summary 11. */
    private void metric(Proto message) {
        metric = new Metric();
        points = null;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> metric.name = message.text();
                case 3 -> metric.unit = message.text();
                case 5, 7, 9, 10, 11 -> {
                    metric.data = message.field();
                    points = message.message();
                    sum(message.message());
                }
                default -> {}
            }
        }
    }

    /** Of all data: aggregation temporality 2, is monotonic 3. Only sums can go down; gauges have neither. */
    private void sum(Proto data) {
        boolean monotonic = metric.data != SUM;
        while (data.next()) {
            if (data.field() == 2) {
                metric.delta = metric.data != GAUGE && data.integer() == DELTA;
            } else if (data.field() == 3) {
                monotonic = data.integer() != 0;
            }
        }
        metric.counter = monotonic && metric.data != GAUGE;
    }

    /** False for a point that says that there is nothing to say. */
    private boolean point(Entry entry, Proto point) {
        boolean taken =
                switch (metric.data) {
                    case GAUGE, SUM -> number(entry, point);
                    case HISTOGRAM -> histogram(entry, point);
                    case EXPONENTIAL -> exponential(entry, point);
                    default -> summary(entry, point);
                };
        if (resource != null) {
            for (Proto all = resource.again(); all.next(1); ) {
                for (Proto of = all.message(); of.next(1); ) {
                    attribute(entry, of.message(), true);
                }
            }
        }
        if (Units.isCode(metric.unit)) {
            entry.unit(metric.unit);
        }
        entry.kind(metric.counter ? Kind.COUNTER : Kind.GAUGE);
        return taken;
    }

    /** NumberDataPoint: time 3, number 4 or whole number 6, attributes 7, flags 8. */
    private boolean number(Entry entry, Proto point) {
        boolean recorded = true;
        while (point.next()) {
            switch (point.field()) {
                case 3 -> stamp(entry, point.integer());
                case 4 -> total(entry, metric.name, point.real());
                case 6 -> total(entry, metric.name, (double) point.integer());
                case 7 -> attribute(entry, point.message(), false);
                case 8 -> recorded = (point.integer() & NO_RECORDED_VALUE) == 0;
                default -> {}
            }
        }
        return recorded;
    }

    /** HistogramDataPoint: time 3, count 4, sum 5, bucket counts 6, bounds 7, attributes 9, flags 10, min 11, max 12. */
    private boolean histogram(Entry entry, Proto point) {
        Histogram histogram = new Histogram();
        boolean recorded = true;
        long[] counts = new long[0];
        long[] bounds = new long[0];
        while (point.next()) {
            switch (point.field()) {
                case 3 -> stamp(entry, point.integer());
                case 4 -> count(entry, point.integer());
                case 5 -> total(entry, metric.name + "_sum", point.real());
                case 6 -> counts = point.appendFixed(counts);
                case 7 -> bounds = point.appendFixed(bounds);
                case 9 -> attribute(entry, point.message(), false);
                case 10 -> recorded = (point.integer() & NO_RECORDED_VALUE) == 0;
                case 11 -> histogram.min(point.real());
                case 12 -> histogram.max(point.real());
                default -> {}
            }
        }
        histogram.counts(counts);
        histogram.bounds(
                Arrays.stream(bounds).mapToDouble(Double::longBitsToDouble).toArray());
        quantiles(entry, histogram);
        return recorded;
    }

    /**
     * ExponentialHistogramDataPoint: attributes 1, time 3, count 4, sum 5, scale 6, zeros 7, positive 8, negative 9,
     * flags 10, min 12, max 13.
     */
    private boolean exponential(Entry entry, Proto point) {
        Histogram histogram = new Histogram();
        boolean recorded = true;
        histogram.scale(0);
        while (point.next()) {
            switch (point.field()) {
                case 1 -> attribute(entry, point.message(), false);
                case 3 -> stamp(entry, point.integer());
                case 4 -> count(entry, point.integer());
                case 5 -> total(entry, metric.name + "_sum", point.real());
                case 6 -> histogram.scale(point.signed());
                case 7 -> histogram.zeros(point.integer());
                case 8 -> buckets(point.message(), histogram::positive);
                case 9 -> buckets(point.message(), histogram::negative);
                case 10 -> recorded = (point.integer() & NO_RECORDED_VALUE) == 0;
                case 12 -> histogram.min(point.real());
                case 13 -> histogram.max(point.real());
                default -> {}
            }
        }
        quantiles(entry, histogram);
        return recorded;
    }

    /** Buckets: offset 1, counts 2. */
    private static void buckets(Proto buckets, BiConsumer<Integer, long[]> taker) {
        int offset = 0;
        long[] counts = new long[0];
        while (buckets.next()) {
            if (buckets.field() == 1) {
                offset = buckets.signed();
            } else if (buckets.field() == 2) {
                counts = buckets.appendVarints(counts);
            }
        }
        taker.accept(offset, counts);
    }

    /** SummaryDataPoint: time 3, count 4, sum 5, quantiles 6 (share 1, value 2), attributes 7, flags 8. */
    private boolean summary(Entry entry, Proto point) {
        boolean recorded = true;
        while (point.next()) {
            switch (point.field()) {
                case 3 -> stamp(entry, point.integer());
                case 4 -> count(entry, point.integer());
                case 5 -> total(entry, metric.name + "_sum", point.real());
                case 6 -> summaryQuantile(entry, point.message());
                case 7 -> attribute(entry, point.message(), false);
                case 8 -> recorded = (point.integer() & NO_RECORDED_VALUE) == 0;
                default -> {}
            }
        }
        return recorded;
    }

    private void summaryQuantile(Entry entry, Proto pair) {
        double share = 0;
        double value = 0;
        while (pair.next()) {
            if (pair.field() == 1) {
                share = pair.real();
            } else if (pair.field() == 2) {
                value = pair.real();
            }
        }
        String ending = QUANTILES.get(share);
        if (ending != null && Double.isFinite(value)) {
            gauge(entry, metric.name + ending, value);
        }
    }

    private void quantiles(Entry entry, Histogram histogram) {
        QUANTILES.forEach((share, ending) ->
                histogram.quantile(share).ifPresent(value -> gauge(entry, metric.name + ending, value)));
        histogram.min().ifPresent(value -> gauge(entry, metric.name + "_min", value));
        histogram.max().ifPresent(value -> gauge(entry, metric.name + "_max", value));
    }

    private static void gauge(Entry entry, String name, double value) {
        entry.measure(name, value);
        entry.kind(name, Kind.GAUGE);
    }

    private void count(Entry entry, long count) {
        total(entry, metric.name + "_count", (double) count);
        entry.unit(metric.name + "_count", "1");
    }

    private void total(Entry entry, String name, double value) {
        entry.measure(name, value);
        if (metric.delta) {
            entry.delta(name);
        }
    }

    /** Nanoseconds; 0 is not known. */
    private static void stamp(Entry entry, long nanos) {
        if (nanos != 0) {
            entry.stamp(Long.divideUnsigned(nanos, 1_000));
        }
    }

    /** KeyValue: key 1, value 2; of AnyValue text 1, boolean 2, whole number 3, number 4. Lists are left out. */
    private static void attribute(Entry entry, Proto pair, boolean ofResource) {
        String key = "";
        String value = "";
        while (pair.next()) {
            if (pair.field() == 1) {
                key = pair.text();
            } else if (pair.field() == 2) {
                value = scalar(pair.message());
            }
        }
        if (!value.isEmpty() && (!ofResource || RESOURCE_LABELS.contains(key))) {
            entry.label(key, value);
        }
    }

    private static String scalar(Proto value) {
        String text = "";
        while (value.next()) {
            text = switch (value.field()) {
                case 1 -> value.text();
                case 2 -> value.integer() != 0 ? "true" : "false";
                case 3 -> Long.toString(value.integer());
                case 4 -> Double.toString(value.real());
                default -> text;
            };
        }
        return text;
    }
}
