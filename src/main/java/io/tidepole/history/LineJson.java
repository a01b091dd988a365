package io.tidepole.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.metric.Descriptor;
import io.tidepole.window.Interval;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/** Writes the shapes of lines as {@code docs/protocol.md} says. */
final class LineJson {
    private static final JsonFactory JSON = new JsonFactory();

    private LineJson() {}

    static byte[] write(Past past, LineQuery query, long startedMillis) throws IOException {
        List<Descriptor> chosen =
                past.series(query.selectors(), query.fromMillis() * 1_000, query.untilMillis() * 1_000);
        if (chosen.size() > LineQuery.MAX_LINES) {
            throw new TooMuchException(chosen.size() + " series are more than " + LineQuery.MAX_LINES + " lines");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("reduce", "lttb");
            json.writeNumberField("from", query.fromMillis());
            json.writeNumberField("until", query.untilMillis());
            json.writeNumberField("started", startedMillis);
            json.writeArrayFieldStart("series");
            for (Descriptor series : chosen) {
                write(json, series, Line.reduced(samples(past, series, query), query.points()));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    /** All samples, or of long ranges the first, least, greatest and last of each minute. */
    private static Run samples(Past past, Descriptor series, LineQuery query) {
        Run samples = new Run();
        int step = Interval.finestFor(query.untilMillis() - query.fromMillis(), query.points());
        if (step < Archive.Tier.MINUTE.lengthMillis()) {
            past.scan(series.key(), query.fromMillis() * 1_000, query.untilMillis() * 1_000, samples::add);
        } else {
            past.outline(series.key(), query.fromMillis() * 1_000, query.untilMillis() * 1_000, samples::add);
        }
        return samples;
    }

    private static void write(JsonGenerator json, Descriptor series, Run points) throws IOException {
        json.writeStartObject();
        HistoryJson.identity(json, series);
        json.writeArrayFieldStart("t");
        for (int i = 0; i < points.size(); i++) {
            json.writeNumber(Math.floorDiv(points.timeMicros(i), 1_000));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("values");
        for (int i = 0; i < points.size(); i++) {
            HistoryJson.number(json, points.value(i));
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
