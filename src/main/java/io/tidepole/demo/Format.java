package io.tidepole.demo;

import io.tidepole.protocol.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How samples are written in the body of a request, and where such bodies go. */
enum Format {
    JSON("/api/v1/readings", "application/json") {
        @Override
        void write(List<Sample> samples, long nowMillis, JsonBytes body) {
            list(samples, body);
        }
    },
    NDJSON("/api/v1/readings", "application/x-ndjson") {
        @Override
        void write(List<Sample> samples, long nowMillis, JsonBytes body) {
            for (Sample sample : samples) {
                body.put('{');
                fields(sample, body);
                body.raw("}\n");
            }
        }
    },
    LINES("/write", "text/plain; charset=utf-8") {
        @Override
        void write(List<Sample> samples, long nowMillis, JsonBytes body) {
            samples.forEach(sample -> line(sample, body));
        }
    },
    OTLP("/v1/metrics", "application/json") {
        @Override
        void write(List<Sample> samples, long nowMillis, JsonBytes body) {
            gauges(samples, nowMillis, body);
        }
    };

    final String path;
    final String contentType;

    Format(String path, String contentType) {
        this.path = path;
        this.contentType = contentType;
    }

    abstract void write(List<Sample> samples, long nowMillis, JsonBytes body);

    /** The fields of a reading as JSON, without braces. */
    static void fields(Sample sample, JsonBytes body) {
        body.raw("\"deviceId\":").text(sample.device());
        sample.labels()
                .forEach((label, value) -> body.put(',').text(label).put(':').text(value));
        sample.values()
                .forEach(
                        (measure, value) -> body.put(',').text(measure).put(':').number(value));
    }

    private static void list(List<Sample> samples, JsonBytes body) {
        int separator = '[';
        for (Sample sample : samples) {
            body.put(separator).put('{');
            fields(sample, body);
            body.put('}');
            separator = ',';
        }
        body.put(']');
    }

    private static void line(Sample sample, JsonBytes body) {
        utf8("sensors,device=" + escaped(sample.device()), body);
        sample.labels().forEach((label, value) -> utf8("," + escaped(label) + "=" + escaped(value), body));
        int separator = ' ';
        for (Map.Entry<String, Double> value : sample.values().entrySet()) {
            body.put(separator);
            utf8(escaped(value.getKey()) + "=", body);
            body.number(value.getValue());
            separator = ',';
        }
        body.put('\n');
    }

    private static String escaped(String name) {
        return name.replaceAll("([,= \\\\])", "\\\\$1").replaceAll("[\r\n]", "_");
    }

    private static void utf8(String text, JsonBytes body) {
        body.raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One metric for each measure, with a point for each device. */
    private static void gauges(List<Sample> samples, long nowMillis, JsonBytes body) {
        Set<String> measures = new LinkedHashSet<>();
        samples.forEach(sample -> measures.addAll(sample.values().keySet()));
        body.raw("{\"resourceMetrics\":[{\"scopeMetrics\":[{\"metrics\":");
        int metricSeparator = '[';
        for (String measure : measures) {
            body.put(metricSeparator).raw("{\"name\":").text(measure).raw(",\"gauge\":{\"dataPoints\":");
            int pointSeparator = '[';
            for (Sample sample : samples) {
                Double value = sample.values().get(measure);
                if (value != null) {
                    body.put(pointSeparator);
                    point(sample, value, nowMillis, body);
                    pointSeparator = ',';
                }
            }
            body.raw("]}}");
            metricSeparator = ',';
        }
        body.raw("]}]}]}");
    }

    private static void point(Sample sample, double value, long nowMillis, JsonBytes body) {
        body.raw("{\"timeUnixNano\":\"")
                .number(nowMillis)
                .raw("000000\",\"asDouble\":")
                .number(value);
        body.raw(",\"attributes\":[");
        attribute("device", sample.device(), body);
        sample.labels().forEach((label, text) -> {
            body.put(',');
            attribute(label, text, body);
        });
        body.raw("]}");
    }

    private static void attribute(String key, String text, JsonBytes body) {
        body.raw("{\"key\":")
                .text(key)
                .raw(",\"value\":{\"stringValue\":")
                .text(text)
                .raw("}}");
    }
}
