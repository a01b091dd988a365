package io.tidepole.history;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidepole.metric.Descriptor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Writes pages of the list of series as {@code docs/protocol.md} says. */
final class SeriesList {
    private static final JsonFactory JSON = new JsonFactory();

    private SeriesList() {}

    static byte[] write(Past past, SeriesQuery query) throws IOException {
        List<Descriptor> found = past.series(query.selectors(), Long.MIN_VALUE, Long.MAX_VALUE).stream()
                .filter(series -> hasAll(series, query.words()))
                .toList();
        List<Descriptor> rest = found.stream()
                .filter(series -> series.key().toString().compareTo(query.after()) > 0)
                .toList();
        List<Descriptor> page = rest.subList(0, Math.min(query.limit(), rest.size()));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("total", found.size());
            json.writeNumberField(
                    "metrics",
                    found.stream()
                            .map(series -> series.key().metric())
                            .distinct()
                            .count());
            json.writeArrayFieldStart("series");
            for (Descriptor series : page) {
                past.check();
                write(json, series, past.lastMillis(series.key(), query.nowMillis()));
            }
            json.writeEndArray();
            if (page.size() < rest.size()) {
                json.writeStringField("next", cursor(page.get(page.size() - 1)));
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, Descriptor series, OptionalLong lastMillis) throws IOException {
        json.writeStartObject();
        HistoryJson.identity(json, series);
        json.writeStringField("kind", series.kind().name().toLowerCase(Locale.ROOT));
        if (lastMillis.isPresent()) {
            json.writeNumberField("lastTime", lastMillis.getAsLong());
        }
        json.writeEndObject();
    }

    private static boolean hasAll(Descriptor series, List<String> words) {
        if (words.isEmpty()) {
            return true;
        }
        String text = (series.key() + " " + series.unit().code()).toLowerCase(Locale.ROOT);
        return words.stream().allMatch(text::contains);
    }

    private static String cursor(Descriptor last) {
        byte[] key = last.key().toString().getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
