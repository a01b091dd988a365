package io.tidepole.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Annotations as JSON objects: {@code {"id":1,"time":…,"timeEnd":…,"text":"…","tags":[]}}. */
final class AnnotationText {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxStringLength(4_096)
                    .maxNameLength(64)
                    .maxNumberLength(32)
                    .build())
            .build();

    private AnnotationText() {}

    static String write(Annotation annotation) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("id", annotation.id());
            json.writeNumberField("time", annotation.timeMillis());
            if (annotation.timeEndMillis() != annotation.timeMillis()) {
                json.writeNumberField("timeEnd", annotation.timeEndMillis());
            }
            json.writeStringField("text", annotation.text());
            json.writeArrayFieldStart("tags");
            for (String tag : annotation.tags()) {
                json.writeString(tag);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Reads an annotation. Throws IllegalArgumentException with what is wrong. */
    static Annotation read(byte[] bytes, long otherwiseId, long nowMillis) {
        try (JsonParser json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("an annotation is a JSON object");
            }
            Fields fields = new Fields(otherwiseId, nowMillis);
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String name = json.currentName();
                json.nextToken();
                fields.read(json, name);
            }
            return fields.annotation();
        } catch (IOException e) {
            throw new IllegalArgumentException("not readable as JSON", e);
        }
    }

    private static final class Fields {
        private long id;
        private long time;
        private long timeEnd = -1;
        private String text = "";
        private final List<String> tags = new ArrayList<>();

        Fields(long id, long nowMillis) {
            this.id = id;
            this.time = nowMillis;
        }

        void read(JsonParser json, String name) throws IOException {
            switch (name) {
                case "id" -> id = number(json, name);
                case "time" -> time = number(json, name);
                case "timeEnd" -> timeEnd = number(json, name);
                case "text" -> text = text(json, name);
                case "tags" -> tags(json);
                default -> json.skipChildren();
            }
        }

        private void tags(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("tags is a list of texts");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                String tag = text(json, "tags");
                if (tags.size() <= Annotation.MAX_TAGS) {
                    tags.add(tag);
                }
            }
        }

        private static String text(JsonParser json, String name) throws IOException {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException(name + " is a text");
            }
            return json.getText();
        }

        private static long number(JsonParser json, String name) throws IOException {
            if (!json.currentToken().isNumeric() || Math.abs(json.getDoubleValue()) >= 1L << 53) {
                throw new IllegalArgumentException(name + " is a number of milliseconds");
            }
            return Math.round(json.getDoubleValue());
        }

        Annotation annotation() {
            return new Annotation(id, time, timeEnd < 0 ? time : timeEnd, text, tags);
        }
    }
}
