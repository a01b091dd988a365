package io.tidepole.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Turns OTLP in JSON into the same request in protocol buffers (OTLP specification, JSON Protobuf Encoding: names in
 * lowerCamelCase, 64-bit numbers as texts or numbers, enums as numbers). What is not needed is left out.
 */
final class OtlpJson {
    /** How a field is written. */
    private enum Type {
        TEXT,
        BOOLEAN,
        VARINT,
        ZIGZAG,
        FIXED64,
        DOUBLE,
        MESSAGE
    }

    private record Field(int number, Type type, Map<String, Field> fields) {
        static Field of(int number, Type type) {
            return new Field(number, type, Map.of());
        }

        static Field of(int number, Map<String, Field> fields) {
            return new Field(number, Type.MESSAGE, fields);
        }
    }

    private static final Map<String, Field> ANY_VALUE = Map.of(
            "stringValue", Field.of(1, Type.TEXT),
            "boolValue", Field.of(2, Type.BOOLEAN),
            "intValue", Field.of(3, Type.VARINT),
            "doubleValue", Field.of(4, Type.DOUBLE));
    private static final Map<String, Field> KEY_VALUE =
            Map.of("key", Field.of(1, Type.TEXT), "value", Field.of(2, ANY_VALUE));
    private static final Map<String, Field> NUMBER_POINT = Map.of(
            "timeUnixNano", Field.of(3, Type.FIXED64),
            "asDouble", Field.of(4, Type.DOUBLE),
            "asInt", Field.of(6, Type.FIXED64),
            "attributes", Field.of(7, KEY_VALUE),
            "flags", Field.of(8, Type.VARINT));
    private static final Map<String, Field> HISTOGRAM_POINT = Map.of(
            "timeUnixNano", Field.of(3, Type.FIXED64),
            "count", Field.of(4, Type.FIXED64),
            "sum", Field.of(5, Type.DOUBLE),
            "bucketCounts", Field.of(6, Type.FIXED64),
            "explicitBounds", Field.of(7, Type.DOUBLE),
            "attributes", Field.of(9, KEY_VALUE),
            "flags", Field.of(10, Type.VARINT),
            "min", Field.of(11, Type.DOUBLE),
            "max", Field.of(12, Type.DOUBLE));
    private static final Map<String, Field> BUCKETS =
            Map.of("offset", Field.of(1, Type.ZIGZAG), "bucketCounts", Field.of(2, Type.VARINT));
    private static final Map<String, Field> EXPONENTIAL_POINT = Map.ofEntries(
            Map.entry("attributes", Field.of(1, KEY_VALUE)),
            Map.entry("timeUnixNano", Field.of(3, Type.FIXED64)),
            Map.entry("count", Field.of(4, Type.FIXED64)),
            Map.entry("sum", Field.of(5, Type.DOUBLE)),
            Map.entry("scale", Field.of(6, Type.ZIGZAG)),
            Map.entry("zeroCount", Field.of(7, Type.FIXED64)),
            Map.entry("positive", Field.of(8, BUCKETS)),
            Map.entry("negative", Field.of(9, BUCKETS)),
            Map.entry("flags", Field.of(10, Type.VARINT)),
            Map.entry("min", Field.of(12, Type.DOUBLE)),
            Map.entry("max", Field.of(13, Type.DOUBLE)));
    private static final Map<String, Field> SUMMARY_POINT = Map.of(
            "timeUnixNano", Field.of(3, Type.FIXED64),
            "count", Field.of(4, Type.FIXED64),
            "sum", Field.of(5, Type.DOUBLE),
            "quantileValues",
                    Field.of(6, Map.of("quantile", Field.of(1, Type.DOUBLE), "value", Field.of(2, Type.DOUBLE))),
            "attributes", Field.of(7, KEY_VALUE),
            "flags", Field.of(8, Type.VARINT));
    private static final Map<String, Field> METRIC = Map.of(
            "name", Field.of(1, Type.TEXT),
            "unit", Field.of(3, Type.TEXT),
            "gauge", Field.of(5, data(NUMBER_POINT)),
            "sum", Field.of(7, data(NUMBER_POINT)),
            "histogram", Field.of(9, data(HISTOGRAM_POINT)),
            "exponentialHistogram", Field.of(10, data(EXPONENTIAL_POINT)),
            "summary", Field.of(11, data(SUMMARY_POINT)));
    private static final Map<String, Field> RESOURCE_METRICS = Map.of(
            "resource", Field.of(1, Map.of("attributes", Field.of(1, KEY_VALUE))),
            "scopeMetrics", Field.of(2, Map.of("metrics", Field.of(2, METRIC))));
    private static final Map<String, Field> REQUEST = Map.of("resourceMetrics", Field.of(1, RESOURCE_METRICS));

    private static Map<String, Field> data(Map<String, Field> point) {
        Map<String, Field> fields = new HashMap<>();
        fields.put("dataPoints", Field.of(1, point));
        fields.put("aggregationTemporality", Field.of(2, Type.VARINT));
        fields.put("isMonotonic", Field.of(3, Type.BOOLEAN));
        return Map.copyOf(fields);
    }

    private OtlpJson() {}

    /** The request in protocol buffers. */
    static byte[] toProto(byte[] body) throws RefusedException {
        try (JsonParser json = JsonEntries.parser(body, 0, body.length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no object");
            }
            return message(json, REQUEST);
        } catch (IOException | NumberFormatException unreadable) {
            throw new RefusedException(400, "bad_json", "not readable as an ExportMetricsServiceRequest in JSON");
        }
    }

    private static byte[] message(JsonParser json, Map<String, Field> fields) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
            Field field = fields.get(name);
            JsonToken value = json.nextToken();
            if (field == null) {
                json.skipChildren();
            } else if (value == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    write(json, field, out);
                }
            } else {
                write(json, field, out);
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT) {
            throw new IOException("the object breaks off");
        }
        return out.toByteArray();
    }

    private static void write(JsonParser json, Field field, ByteArrayOutputStream out) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field.type) {
            case MESSAGE -> {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    throw new IOException("no object");
                }
                bytes(out, field.number, message(json, field.fields));
            }
            case TEXT -> bytes(out, field.number, json.getText().getBytes(StandardCharsets.UTF_8));
            case BOOLEAN -> {
                varint(out, (long) field.number << 3);
                varint(out, json.getBooleanValue() ? 1 : 0);
            }
            case VARINT -> {
                varint(out, (long) field.number << 3);
                varint(out, whole(json));
            }
            case ZIGZAG -> {
                long value = whole(json);
                varint(out, (long) field.number << 3);
                varint(out, (value << 1) ^ (value >> 63));
            }
            case FIXED64 -> fixed(out, field.number, whole(json));
            case DOUBLE -> fixed(out, field.number, Double.doubleToRawLongBits(Double.parseDouble(json.getText())));
        }
    }

    /** A number, or a text that is one; without a fraction, of 64 bits. */
    private static long whole(JsonParser json) throws IOException {
        String text = json.getText();
        if (text.length() > 24) {
            throw new IOException("a number is too long");
        }
        return text.startsWith("-") ? Long.parseLong(text) : Long.parseUnsignedLong(text);
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
        varint(out, (long) field << 3 | 2);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void fixed(ByteArrayOutputStream out, int field, long bits) {
        varint(out, (long) field << 3 | 1);
        for (int shift = 0; shift < 64; shift += 8) {
            out.write((int) (bits >>> shift));
        }
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        for (long rest = value; ; rest >>>= 7) {
            if ((rest & ~127L) == 0) {
                out.write((int) rest);
                return;
            }
            out.write((int) (rest & 127) | 128);
        }
    }
}
