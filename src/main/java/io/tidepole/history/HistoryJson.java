package io.tidepole.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.window.Aggregate;
import io.tidepole.window.Stat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes answers as {@code docs/protocol.md} says. */
final class HistoryJson {
    private static final JsonFactory JSON = new JsonFactory();

    private HistoryJson() {}

    static byte[] write(HistoryAnswer answer, long startedMillis) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        HistoryQuery query = answer.query();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("step", query.stepMillis());
            json.writeStringField("stat", query.stat().wireName());
            json.writeNumberField("from", query.fromMillis());
            json.writeNumberField("until", query.untilMillis());
            json.writeNumberField("started", startedMillis);
            json.writeArrayFieldStart("t");
            for (int i = 0; i < query.windows(); i++) {
                json.writeNumber(query.firstEndMillis() + (long) i * query.stepMillis());
            }
            json.writeEndArray();
            json.writeArrayFieldStart("series");
            for (HistoryAnswer.Row row : answer.series()) {
                write(json, row, query.stat());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, HistoryAnswer.Row row, Stat stat) throws IOException {
        json.writeStartObject();
        json.writeStringField("metric", row.descriptor().key().metric());
        json.writeObjectFieldStart("labels");
        for (Map.Entry<String, String> label : row.descriptor().key().labels().entrySet()) {
            json.writeStringField(label.getKey(), label.getValue());
        }
        json.writeEndObject();
        json.writeStringField("unit", row.descriptor().unit().code());
        column(json, "values", row.windows(), stat);
        if (stat == Stat.LAST && hasSeveralReadings(row.windows())) {
            column(json, "min", row.windows(), Stat.MIN);
            column(json, "max", row.windows(), Stat.MAX);
        }
        json.writeEndObject();
    }

    private static boolean hasSeveralReadings(@Nullable Aggregate[] windows) {
        for (Aggregate window : windows) {
            if (window != null && window.count() > 1) {
                return true;
            }
        }
        return false;
    }

    private static void column(JsonGenerator json, String name, @Nullable Aggregate[] windows, Stat stat)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (Aggregate window : windows) {
            OptionalDouble value = window == null ? OptionalDouble.empty() : window.value(stat);
            if (value.isEmpty()) {
                json.writeNull();
            } else if (value.getAsDouble() == Math.rint(value.getAsDouble()) && Math.abs(value.getAsDouble()) < 1e15) {
                json.writeNumber((long) value.getAsDouble());
            } else {
                json.writeNumber(value.getAsDouble());
            }
        }
        json.writeEndArray();
    }
}
