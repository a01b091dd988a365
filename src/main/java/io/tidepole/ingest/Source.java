package io.tidepole.ingest;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.DeviceLedger.Account;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One device as the intake knows it: its series, its budget and its account. Guarded by itself; a device mostly sends
 * over one connection, so that its lock is free.
 */
final class Source {
    /** Senders' ways of writing a series that are remembered, for each series. */
    private static final int SPELLINGS = 4;

    final String device;
    final Bucket bucket;
    final Account account;
    private final int maxSeries;
    private final Map<SeriesKey, Track> series = new HashMap<>();
    /** By labels and measure as the sender writes them: the short way to a series. */
    private final Map<Labels, Map<String, Track>> spelled = new HashMap<>();

    private int spellings;
    private boolean gone;

    Source(String device, int maxSeries, Bucket bucket, Account account) {
        this.maxSeries = maxSeries;
        this.device = device;
        this.bucket = bucket;
        this.account = account;
    }

    int size() {
        return series.size();
    }

    boolean isFull() {
        return series.size() >= maxSeries;
    }

    boolean isGone() {
        return gone;
    }

    /** Series of these labels by measure, as far as they were met in this spelling. */
    Map<String, Track> spelled(Labels labels) {
        Map<String, Track> found = spelled.get(labels);
        return found == null ? Map.of() : found;
    }

    /** The series, if it is known. */
    @Nullable
    Track find(SeriesKey key) {
        return series.get(key);
    }

    boolean hasSeries(Predicate<SeriesKey> wanted) {
        return series.keySet().stream().anyMatch(wanted);
    }

    Track add(SeriesKey key, Unit unit, Descriptor.Kind kind) {
        Track track = new Track(new Descriptor(key, unit, kind));
        series.put(key, track);
        return track;
    }

    /** Remembers how a sender writes a series. */
    Map<String, Track> remember(Labels labels, String measure, Track track) {
        if (++spellings > SPELLINGS * (series.size() + 1)) {
            spelled.clear();
            spellings = 1;
        }
        Map<String, Track> found = spelled.computeIfAbsent(labels.copy(), unknown -> new HashMap<>(4));
        found.put(measure, track);
        return found;
    }

    /** Forgets series that were silent for so long; one without any is gone. Returns how many were forgotten. */
    int forgetBefore(long micros) {
        int before = series.size();
        for (Iterator<Track> tracks = series.values().iterator(); tracks.hasNext(); ) {
            if (tracks.next().seenMicros() < micros) {
                tracks.remove();
            }
        }
        int forgotten = before - series.size();
        if (forgotten > 0) {
            spelled.clear();
            spellings = 0;
        }
        gone = series.isEmpty();
        return forgotten;
    }
}
