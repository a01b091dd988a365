package io.tidepole.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.metric.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;

/** Writes answers as {@code docs/protocol.md} says. */
final class HistoryJson {
    private static final JsonFactory JSON = new JsonFactory();

    private HistoryJson() {}

    static byte[] write(Past past, HistoryQuery query, long startedMillis) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("step", query.stepMillis());
            json.writeStringField("stat", query.stat().wireName());
            json.writeNumberField("from", query.fromMillis());
            json.writeNumberField("until", query.untilMillis());
            json.writeNumberField("started", startedMillis);
            json.writeArrayFieldStart("t");
            for (int i = 0; i < query.windows(); i++) {
                json.writeNumber(query.endMillis(i));
            }
            json.writeEndArray();
            json.writeArrayFieldStart("series");
            Reader.read(past, query, row -> write(json, row));
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        identity(json, row.descriptor());
        column(json, "values", row.values());
        if (row.spread().isPresent()) {
            column(json, "min", row.spread().get().min());
            column(json, "max", row.spread().get().max());
            column(json, "first", row.spread().get().first());
        }
        json.writeEndObject();
    }

    /** What a series is: metric, labels, unit. */
    static void identity(JsonGenerator json, Descriptor descriptor) throws IOException {
        json.writeStringField("metric", descriptor.key().metric());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : descriptor.key().labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeStringField("unit", descriptor.unit().code());
    }

    private static void column(JsonGenerator json, String name, double[] values) throws IOException {
        json.writeArrayFieldStart(name);
        for (double value : values) {
            number(json, value);
        }
        json.writeEndArray();
    }

    /** Whole numbers without a fraction; NaN is null. */
    static void number(JsonGenerator json, double value) throws IOException {
        if (Double.isNaN(value)) {
            json.writeNull();
        } else if (isWhole(value)) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(value);
        }
    }

    static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15;
    }
}
