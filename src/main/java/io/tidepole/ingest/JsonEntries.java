package io.tidepole.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reads one JSON object, an array of them, or one a line. In lines, one that cannot be read costs only itself.
 *
 * <p>Numbers and booleans are measures, texts are labels, {@code labels} and {@code units} are objects; null is
 * silence.
 */
final class JsonEntries implements Entries {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(8_192)
                    .maxNameLength(4_096)
                    .maxNumberLength(128)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private static final byte[] UNREADABLE = {'!'};

    private final String device;
    private final byte[] body;
    private final int end;
    private JsonParser json;
    /** Where the parser began, and where the last entry that it read ended. */
    private int parserStart;

    private int entryEnd;
    private boolean array;
    private boolean done;
    private String requestId = "";

    JsonEntries(byte[] body, int offset, int length) {
        this(body, offset, length, "");
    }

    /** Entries of a device that is known from elsewhere, so that they need not name it. */
    JsonEntries(byte[] body, int offset, int length, String device) {
        this.device = device;
        this.body = body;
        this.end = offset + length;
        int start = skipMark(offset);
        this.json = parserAt(start);
        this.entryEnd = start;
        int first = skipSpace(start);
        this.array = first < end && body[first] == '[';
        if (array) {
            openArray();
        }
    }

    /** A byte order mark, as some editors put in front. */
    private int skipMark(int offset) {
        boolean mark = end - offset >= 3
                && body[offset] == (byte) 0xef
                && body[offset + 1] == (byte) 0xbb
                && body[offset + 2] == (byte) 0xbf;
        return mark ? offset + 3 : offset;
    }

    private JsonParser parserAt(int start) {
        parserStart = start;
        return parser(body, start, end - start);
    }

    /** A parser of UTF-8. Jackson would guess at other encodings, and throw at some; those are not readable here. */
    static JsonParser parser(byte[] bytes, int offset, int length) {
        try {
            if (looksLikeUtf16(bytes, offset, Math.min(length, 4))) {
                return JSON.createParser(UNREADABLE);
            }
            return JSON.createParser(bytes, offset, length);
        } catch (IOException impossible) {
            throw new IllegalStateException("a byte array can be read", impossible);
        }
    }

    /** A zero among the first four bytes, or a byte order mark. */
    private static boolean looksLikeUtf16(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == 0) {
                return true;
            }
        }
        return length > 0 && (bytes[offset] & 0xff) >= 0xfe;
    }

    /** Gives the parser's buffers back. */
    @Override
    public void close() {
        done = true;
        try {
            json.close();
        } catch (IOException impossible) {
            throw new IllegalStateException("there is nothing to close", impossible);
        }
    }

    private void openArray() {
        try {
            json.nextToken();
        } catch (IOException otherEncoding) {
            array = false;
            json = parserAt(parserStart);
        }
    }

    /** The request's id if the last entry carried one. */
    String requestId() {
        return requestId;
    }

    /** Whether the body is an array. */
    boolean isArray() {
        return array;
    }

    @Override
    public boolean next(Entry entry) {
        entry.clear();
        requestId = "";
        if (done) {
            return false;
        }
        try {
            JsonToken token = json.nextToken();
            if (token == null) {
                done = true;
                return false;
            }
            if (array && token == JsonToken.END_ARRAY) {
                return closeArray(entry);
            }
            read(entry, token);
        } catch (IOException unreadable) {
            entry.reject(
                    Refusal.BAD_JSON,
                    array ? "not readable as JSON; nothing after it was read" : "not readable as JSON");
            resume();
        }
        return true;
    }

    private boolean closeArray(Entry entry) throws IOException {
        done = true;
        if (json.nextToken() == null) {
            return false;
        }
        entry.reject(Refusal.BAD_JSON, "there is more after the array");
        return true;
    }

    private void read(Entry entry, JsonToken token) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            if (!device.isEmpty()) {
                entry.imply(device);
            }
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                field(entry, name, json.nextToken());
            }
            if (entry.device().isEmpty()) {
                entry.reject(Refusal.NO_DEVICE, "deviceId is missing");
            }
        } else {
            entry.reject(Refusal.BAD_JSON, "a reading is a JSON object");
            json.skipChildren();
            json.finishToken();
        }
        if (!array) {
            entryEnd = parserStart + (int) json.currentLocation().getByteOffset();
        }
    }

    /** Goes on at the line after the one that could not be read. */
    private void resume() {
        if (array) {
            done = true;
            return;
        }
        int at = skipSpace(entryEnd);
        while (at < end && body[at] != '\n') {
            at++;
        }
        entryEnd = at;
        close();
        done = false;
        json = parserAt(at);
    }

    private int skipSpace(int start) {
        int at = start;
        while (at < end && (body[at] == ' ' || body[at] == '\n' || body[at] == '\r' || body[at] == '\t')) {
            at++;
        }
        return at;
    }

    private void field(Entry entry, String name, JsonToken token) throws IOException {
        switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(entry, name, token);
            case VALUE_TRUE -> entry.measure(name, 1);
            case VALUE_FALSE -> entry.measure(name, 0);
            case VALUE_STRING -> text(entry, name);
            case START_OBJECT -> object(entry, name);
            case START_ARRAY -> {
                json.skipChildren();
                entry.refuse(Refusal.NESTED, name + " is a list; send one number for each measure");
            }
            default -> {}
        }
    }

    private void number(Entry entry, String name, JsonToken token) throws IOException {
        if (name.equals("timestamp")) {
            stamp(entry, json.getDoubleValue());
        } else if (token == JsonToken.VALUE_NUMBER_INT && Naming.isDeviceOnly(Naming.deviceRank(name))) {
            entry.label(name, json.getText());
        } else {
            entry.measure(name, json.getDoubleValue());
        }
    }

    private static void stamp(Entry entry, double number) {
        OptionalLong micros = Timestamps.ofNumber(number);
        if (micros.isPresent()) {
            entry.stamp(micros.getAsLong());
        } else {
            entry.reject(Refusal.BAD_TIMESTAMP, "timestamp is out of range");
        }
    }

    private void text(Entry entry, String name) throws IOException {
        String text = json.getText();
        switch (name) {
            case "timestamp" -> {
                OptionalLong micros = Timestamps.ofText(text);
                if (micros.isPresent()) {
                    entry.stamp(micros.getAsLong());
                } else {
                    entry.reject(
                            Refusal.BAD_TIMESTAMP,
                            "timestamp is a number since 1970, or a time as 2026-01-31T12:00:00Z");
                }
            }
            case "requestId" -> requestId = text;
            case "unit" -> entry.unit(text);
            case "type" -> {
                if (!text.equals("sensor.reading")) {
                    entry.label(name, text);
                }
            }
            default -> label(entry, name, text);
        }
    }

    /** A number in quotes would be a new series for each value: better said than guessed. */
    private static void label(Entry entry, String name, String text) {
        if (Numbers.isNumber(text) && Naming.deviceRank(name) == Naming.NO_DEVICE) {
            entry.refuse(
                    Refusal.NUMBER_AS_TEXT, name + " is a number in quotes; send it without, or within \"labels\"");
        } else {
            entry.label(name, text);
        }
    }

    private void object(Entry entry, String name) throws IOException {
        boolean labels = name.equals("labels") || name.equals("tags");
        boolean units = name.equals("units");
        if (!labels && !units) {
            json.skipChildren();
            entry.refuse(Refusal.NESTED, name + " is an object; only labels and units may be");
            return;
        }
        for (String inner = json.nextFieldName(); inner != null; inner = json.nextFieldName()) {
            JsonToken token = json.nextToken();
            if (!token.isScalarValue()) {
                json.skipChildren();
                entry.reject(Refusal.BAD_LABEL, name + "." + inner + " is not a text");
            } else if (labels) {
                entry.label(inner, json.getText());
            } else {
                entry.unit(inner, json.getText());
            }
        }
    }
}
