package io.tidepole.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fields of a server's message that we look at; one object is reused for all. */
final class Message {
    private static final JsonFactory JSON = new JsonFactory();

    /** An id and the series that it stands for. */
    record Named(long id, int series) {}

    String type = "";
    boolean more;
    String error = "";
    long seq;
    long time;
    /** A catch-up: it stands for several. */
    boolean merged;
    /** Of a flat update; -1 if it is none of ours. */
    int series;

    double value;
    int count;
    long[] ids = new long[64];
    double[] values = new double[64];
    final List<Named> named = new ArrayList<>();

    /** Reads the whole text, and throws if it is not one JSON object. */
    void parse(byte[] text, int size) throws IOException {
        clear();
        try (JsonParser parser = JSON.createParser(text, 0, size)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("not a JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                read(field, parser);
            }
            if (parser.nextToken() != null) {
                throw new IOException("more than one JSON object");
            }
        }
    }

    private void clear() {
        type = "";
        error = "";
        more = false;
        merged = false;
        seq = -1;
        time = -1;
        series = -1;
        count = 0;
        named.clear();
    }

    private void read(String field, JsonParser parser) throws IOException {
        switch (field) {
            case "type" -> type = parser.getText();
            case "more" -> more = parser.getBooleanValue();
            case "code", "message" -> error += parser.getText() + " ";
            case "seq" -> seq = parser.getLongValue();
            case "t", "timestamp" -> time = parser.getLongValue();
            case "merged", "since" -> merged = true;
            case "value" -> value = parser.getDoubleValue();
            case "labels" -> series = seriesOf(parser);
            case "ids" -> readIds(parser);
            case "values" -> readValues(parser);
            case "series" -> readSeries(parser);
            default -> parser.skipChildren();
        }
    }

    private static int seriesOf(JsonParser parser) throws IOException {
        int series = -1;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String label = parser.currentName();
            parser.nextToken();
            if (label.equals("device") && parser.getText().startsWith(FeedPlan.DEVICE_PREFIX)) {
                series = Integer.parseInt(parser.getText().substring(FeedPlan.DEVICE_PREFIX.length()));
            }
        }
        return series;
    }

    private void readIds(JsonParser parser) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (index == ids.length) {
                ids = Arrays.copyOf(ids, index * 2);
            }
            ids[index++] = parser.getLongValue();
        }
        count = index;
    }

    private void readValues(JsonParser parser) throws IOException {
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (index == values.length) {
                values = Arrays.copyOf(values, index * 2);
            }
            values[index++] = parser.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : parser.getDoubleValue();
        }
    }

    private void readSeries(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            long id = -1;
            int index = -1;
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "id" -> id = parser.getLongValue();
                    case "labels" -> index = seriesOf(parser);
                    default -> parser.skipChildren();
                }
            }
            named.add(new Named(id, index));
        }
    }
}
