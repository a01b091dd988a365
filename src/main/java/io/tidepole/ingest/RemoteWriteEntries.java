package io.tidepole.ingest;

import io.tidepole.metric.Descriptor.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Reads a WriteRequest of Prometheus remote write 1.0: series with labels, and samples of each. {@code __name__} is the
 * metric; a sample that is no number marks a series as stale and is skipped.
 */
final class RemoteWriteEntries implements Entries {
    private static final int TIME_SERIES = 1;
    private static final int LABELS = 1;
    private static final int SAMPLES = 2;
    private static final String NAME = "__name__";

    private final Proto request;
    private @Nullable Proto series;
    private @Nullable Proto samples;
    private boolean broken;

    RemoteWriteEntries(byte[] body) {
        this.request = new Proto(body);
    }

    @Override
    public boolean next(Entry entry) {
        entry.clear();
        if (broken) {
            return false;
        }
        try {
            return read(entry);
        } catch (IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            broken = true;
            entry.clear().reject(Refusal.BAD_PROTO, "not readable as a WriteRequest; nothing after it was read");
            return true;
        }
    }

    private boolean read(Entry entry) {
        while (true) {
            Proto ofSeries = samples;
            if (ofSeries != null && series != null && ofSeries.next(SAMPLES)) {
                if (sample(entry, series, ofSeries.message())) {
                    return true;
                }
            } else if (request.next(TIME_SERIES)) {
                series = request.message();
                samples = request.message();
            } else {
                return false;
            }
        }
    }

    private static boolean sample(Entry entry, Proto series, Proto sample) {
        double value = 0;
        long stampMillis = 0;
        while (sample.next()) {
            if (sample.field() == 1) {
                value = sample.real();
            } else if (sample.field() == 2) {
                stampMillis = sample.integer();
            }
        }
        if (Double.isNaN(value)) {
            return false;
        }
        String name = labels(entry, series.again());
        entry.stamp(Math.multiplyExact(stampMillis, 1_000L));
        entry.measure(name, value);
        if (name.endsWith("_count") || name.endsWith("_bucket") || name.endsWith("_sum")) {
            entry.kind(Kind.COUNTER);
        }
        return true;
    }

    private static String labels(Entry entry, Proto series) {
        String metric = "";
        while (series.next(LABELS)) {
            String name = "";
            String value = "";
            for (Proto label = series.message(); label.next(); ) {
                if (label.field() == 1) {
                    name = label.text();
                } else if (label.field() == 2) {
                    value = label.text();
                }
            }
            if (name.equals(NAME)) {
                metric = value;
            } else if (!value.isEmpty()) {
                entry.label(name, value);
            }
        }
        return metric;
    }
}
