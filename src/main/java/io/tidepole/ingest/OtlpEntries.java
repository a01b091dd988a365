package io.tidepole.ingest;

import io.tidepole.metric.Descriptor.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ExportMetricsServiceRequest of OTLP (opentelemetry-proto, metrics/v1), one data point an entry.
 *
 * <p>A metric's name is the measure, its unit the unit. Of the resource only what tells senders apart becomes labels; of
 * a data point all attributes do. Histograms and summaries are their count and their sum.
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
    private static final int CUMULATIVE = 2;

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
                point(entry, points.message());
                return true;
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
                    metric.counter = metric.data == 11 || isCounter(message.message());
                }
                default -> {}
            }
        }
    }

    /** Only what is cumulative can be a counter, and of sums what is monotonic. */
    private boolean isCounter(Proto data) {
        long temporality = 0;
        boolean monotonic = metric.data != 7;
        while (data.next()) {
            if (data.field() == 2) {
                temporality = data.integer();
            } else if (data.field() == 3) {
                monotonic = data.integer() != 0;
            }
        }
        return temporality == CUMULATIVE && monotonic && metric.data != 5;
    }

    private void point(Entry entry, Proto point) {
        boolean number = metric.data == 5 || metric.data == 7;
        int attributes = metric.data == 9 ? 9 : metric.data == 10 ? 1 : 7;
        while (point.next()) {
            if (point.field() == attributes) {
                attribute(entry, point.message(), false);
            } else if (point.field() == 3) {
                stamp(entry, point.integer());
            } else if (number && point.field() == 4) {
                entry.measure(metric.name, point.real());
            } else if (number && point.field() == 6) {
                entry.measure(metric.name, (double) point.integer());
            } else if (!number && point.field() == 4) {
                entry.measure(metric.name + "_count", (double) point.integer());
                entry.unit(metric.name + "_count", "1");
            } else if (!number && point.field() == 5) {
                entry.measure(metric.name + "_sum", point.real());
            }
        }
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
