package io.tidepole.metric;

import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of a series: a metric name and sorted labels, as in Prometheus.
 *
 * <p>The hash is computed once: keys are looked up for every reading.
 */
public final class SeriesKey implements Comparable<SeriesKey> {
    private final String metric;
    private final Map<String, String> labels;
    private final int hash;

    private SeriesKey(String metric, Map<String, String> labels) {
        this.metric = metric;
        this.labels = labels;
        this.hash = 31 * metric.hashCode() + labels.hashCode();
    }

    /** A key of this metric and these labels, in any order; labels with an empty value do not count. */
    public static SeriesKey of(String metric, Map<String, String> labels) {
        if (metric.isEmpty()) {
            throw new IllegalArgumentException("a metric needs a name");
        }
        TreeMap<String, String> sorted = new TreeMap<>(labels);
        sorted.values().removeIf(String::isEmpty);
        return new SeriesKey(metric, java.util.Collections.unmodifiableMap(sorted));
    }

    /** A key with one label. */
    public static SeriesKey of(String metric, String label, String value) {
        return of(metric, Map.of(label, value));
    }

    public String metric() {
        return metric;
    }

    /** The labels, sorted by name. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The value of a label, or the empty string where there is none, as Prometheus matchers see it. */
    public String label(String name) {
        return labels.getOrDefault(name, "");
    }

    @Override
    public int compareTo(SeriesKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeriesKey that
                && hash == that.hash
                && metric.equals(that.metric)
                && labels.equals(that.labels);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The key as a selector writes it: {@code temperature{device="sensor-9"}}. */
    @Override
    public String toString() {
        if (labels.isEmpty()) {
            return metric;
        }
        StringBuilder text = new StringBuilder(metric).append('{');
        labels.forEach((name, value) -> text.append(name)
                .append("=\"")
                .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                .append("\","));
        text.setCharAt(text.length() - 1, '}');
        return text.toString();
    }
}
