package io.tidepole.protocol;

import io.tidepole.metric.Descriptor;
import io.tidepole.window.By;
import io.tidepole.window.Stat;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Writes {@code metric.update} in both shapes. The parts that never change are made once for each series. */
public final class UpdateWriter {
    private static final byte[] MIN = ascii(",\"min\":");
    private static final byte[] MAX = ascii(",\"max\":");

    private UpdateWriter() {}

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What a flat message of one (series, statistic, interval) has before and after its value. */
    public static final class Template {
        private final byte[] before;
        private final byte[] between;
        private final byte[] after;

        public Template(Descriptor descriptor, Optional<By> by, int intervalMillis, Stat stat) {
            JsonBytes json = new JsonBytes(256);
            json.raw("{\"type\":\"metric.update\",\"metric\":")
                    .text(descriptor.key().metric());
            json.raw(",\"labels\":");
            ServerCodec.labels(json, descriptor.key());
            before = json.raw(",\"value\":").toByteArray();
            json.clear().raw(",\"unit\":").text(descriptor.unit().code());
            between = json.raw(",\"timestamp\":").toByteArray();
            json.clear();
            by.ifPresent(labels -> ServerCodec.by(json, labels));
            if (stat != Stat.LAST) {
                json.raw(",\"stat\":").text(stat.wireName());
            }
            if (intervalMillis != 0) {
                json.raw(",\"interval\":").number(intervalMillis);
            }
            after = json.toByteArray();
        }

        /** One flat message; the timestamp is the time of the reading or the end of the window. */
        public void write(JsonBytes json, double value, long timeMillis) {
            json.raw(before)
                    .number(value)
                    .raw(between)
                    .number(timeMillis)
                    .raw(after)
                    .put('}');
        }

        /** One flat catch-up message. */
        public void writeCatchUp(
                JsonBytes json, double value, long timeMillis, long sinceMillis, double min, double max) {
            json.raw(before).number(value).raw(between).number(timeMillis).raw(after);
            json.raw(",\"since\":")
                    .number(sinceMillis)
                    .raw(MIN)
                    .number(min)
                    .raw(MAX)
                    .number(max)
                    .put('}');
        }
    }

    /** Opens a columns message, up to and with {@code "ids":[}. */
    public static void beginColumns(JsonBytes json, long sequence, long endMillis, long newestMillis) {
        json.raw("{\"type\":\"metric.update\",\"seq\":").number(sequence);
        json.raw(",\"t\":").number(endMillis);
        json.raw(",\"newest\":").number(newestMillis);
        json.raw(",\"ids\":[");
    }

    /** Opens a catch-up columns message, up to and with {@code "ids":[}. */
    public static void beginCatchUp(
            JsonBytes json, long sequence, long endMillis, long newestMillis, long sinceMillis, long merged) {
        json.raw("{\"type\":\"metric.update\",\"seq\":").number(sequence);
        json.raw(",\"t\":").number(endMillis);
        json.raw(",\"newest\":").number(newestMillis);
        json.raw(",\"since\":").number(sinceMillis);
        json.raw(",\"merged\":").number(merged);
        json.raw(",\"ids\":[");
    }

    /** The ids, and the start of the values. */
    public static void ids(JsonBytes json, int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                json.put(',');
            }
            json.number(ids[i]);
        }
        json.raw("],\"values\":[");
    }

    /** A column of values, up to and with its closing bracket. */
    public static void values(JsonBytes json, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                json.put(',');
            }
            json.number(values[i]);
        }
        json.put(']');
    }

    /** The two further columns of a catch-up. */
    public static void extremes(JsonBytes json, double[] min, double[] max, int count) {
        json.raw(MIN).put('[');
        values(json, min, count);
        json.raw(MAX).put('[');
        values(json, max, count);
    }
}
