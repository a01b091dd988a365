package io.tidepole.prometheus;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.metric.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Writes answers in the shape of Prometheus. */
final class PromJson {
    private static final JsonFactory JSON = new JsonFactory();

    private PromJson() {}

    interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** {@code {"status":"success","data":…}}. */
    static byte[] success(Body data) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("status", "success");
            json.writeFieldName("data");
            data.write(json);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static byte[] error(QueryException problem) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("status", "error");
            json.writeStringField("errorType", problem.type());
            json.writeStringField("error", problem.reason());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] scalar(long timeMillis, double value) throws IOException {
        return success(json -> {
            json.writeStartObject();
            json.writeStringField("resultType", "scalar");
            json.writeFieldName("result");
            point(json, timeMillis, value);
            json.writeEndObject();
        });
    }

    static byte[] vector(List<Column> columns, Grid grid) throws IOException {
        return result("vector", json -> {
            for (Column column : columns) {
                if (column.present().get(0)) {
                    json.writeStartObject();
                    labels(json, "metric", column.labels());
                    json.writeFieldName("value");
                    point(json, grid.startMillis(), column.values()[0]);
                    json.writeEndObject();
                }
            }
        });
    }

    static byte[] matrix(List<Column> columns, Grid grid) throws IOException {
        return result("matrix", json -> {
            for (Column column : columns) {
                json.writeStartObject();
                labels(json, "metric", column.labels());
                json.writeArrayFieldStart("values");
                for (int i = column.present().nextSetBit(0);
                        i >= 0;
                        i = column.present().nextSetBit(i + 1)) {
                    point(json, grid.timeMillis(i), column.values()[i]);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    static byte[] matrix(Map<Descriptor, Track> tracks) throws IOException {
        return result("matrix", json -> {
            for (Map.Entry<Descriptor, Track> series : tracks.entrySet()) {
                json.writeStartObject();
                labels(json, "metric", Evaluator.labels(series.getKey().key()));
                json.writeArrayFieldStart("values");
                for (int i = 0; i < series.getValue().size(); i++) {
                    point(
                            json,
                            series.getValue().timeMillis(i),
                            series.getValue().value(i));
                }
                json.writeEndArray();
                json.writeEndObject();
            }
        });
    }

    private static byte[] result(String type, Body elements) throws IOException {
        return success(json -> {
            json.writeStartObject();
            json.writeStringField("resultType", type);
            json.writeArrayFieldStart("result");
            elements.write(json);
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static void labels(JsonGenerator json, String field, Map<String, String> labels) throws IOException {
        json.writeFieldName(field);
        labels(json, labels);
    }

    static void labels(JsonGenerator json, Map<String, String> labels) throws IOException {
        json.writeStartObject();
        for (Map.Entry<String, String> label : labels.entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
    }

    /** Seconds with milliseconds, and the value as a text. */
    private static void point(JsonGenerator json, long timeMillis, double value) throws IOException {
        json.writeStartArray();
        if (timeMillis % 1_000 == 0) {
            json.writeNumber(timeMillis / 1_000);
        } else {
            json.writeNumber(BigDecimal.valueOf(timeMillis, 3));
        }
        json.writeString(text(value));
        json.writeEndArray();
    }

    /** A number as Prometheus writes it: without an exponent, and infinity with its sign. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
