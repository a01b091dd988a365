package io.tidepole.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Series as the files have them: a metric, labels as a JSON object, a unit and a kind. */
final class Labels {
    /** The columns that {@link #descriptor} reads. */
    static final String COLUMNS = "metric, labels, unit, kind";

    private static final JsonFactory JSON = new JsonFactory();

    private Labels() {}

    static String json(SeriesKey key) {
        return json(key.labels());
    }

    /** One label as it stands in the JSON object. */
    static String member(String label, String value) {
        String object = json(Map.of(label, value));
        return object.substring(1, object.length() - 1);
    }

    private static String json(Map<String, String> labels) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, String> label : labels.entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static String kind(Descriptor descriptor) {
        return descriptor.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The series that a row describes, from its column on. Throws {@link DamagedException}. */
    static Descriptor descriptor(ResultSet row, int column) throws SQLException {
        return descriptor(
                row.getString(column), row.getString(column + 1), row.getString(column + 2), row.getString(column + 3));
    }

    /** The series that these texts describe. Throws {@link DamagedException}. */
    static Descriptor descriptor(String metric, String labels, String unit, String kind) {
        try {
            return new Descriptor(
                    SeriesKey.of(metric, parse(labels)),
                    new Unit(unit),
                    Descriptor.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException | IOException e) {
            throw new DamagedException("not a series: " + e.getMessage());
        }
    }

    /** The labels in a JSON object of texts. */
    static Map<String, String> parse(String text) throws IOException {
        Map<String, String> labels = new TreeMap<>();
        try (JsonParser json = JSON.createParser(text)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                labels.put(name, json.nextTextValue());
            }
        }
        return labels;
    }
}
