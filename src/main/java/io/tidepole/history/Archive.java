package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.window.Aggregate;
import java.util.List;

/**
 * Samples that were committed to disk, whether they are sealed into chunks by now or not. Call on worker threads; safe
 * for concurrent readers. A file that cannot be read is left out.
 *
 * <p>The past of a series is the union of {@link Ring} and archive by time: a reading is in the ring as soon as it came,
 * and in the archive as soon as it is acknowledged. Where both have a time, the ring is right.
 */
interface Archive {
    /** Holds nothing. */
    Archive NONE = new Archive() {
        @Override
        public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
            return List.of();
        }

        @Override
        public void scan(SeriesKey series, long fromMicros, long untilMicros, Samples.Visitor visitor) {}

        @Override
        public void scanTier(SeriesKey series, Tier tier, long fromMillis, long untilMillis, TierVisitor visitor) {}

        @Override
        public long rawFromMicros() {
            return Long.MAX_VALUE;
        }
    };

    /** The series that one of the selectors chooses and that have samples with from <= time < until; sorted by key. */
    List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros);

    /** Hands over samples with from <= time < until, in order of time, each time once. */
    void scan(SeriesKey series, long fromMicros, long untilMicros, Samples.Visitor visitor);

    /**
     * Hands over the windows of a tier that start in [from, until), in order and without the empty ones; distributions
     * are left out. What was not written as a tier yet is computed from the samples, so that windows are as fresh as
     * {@link #scan}. The first reading of a counter in an hour counts from the one before it, if that is at most 2
     * minutes older than the hour.
     */
    void scanTier(SeriesKey series, Tier tier, long fromMillis, long untilMillis, TierVisitor visitor);

    /** Nothing is kept from before this time. */
    long rawFromMicros();

    /** Lengths of the windows that are kept beside the samples. */
    enum Tier {
        MINUTE(60_000),
        HOUR(3_600_000);

        private final int lengthMillis;

        Tier(int lengthMillis) {
            this.lengthMillis = lengthMillis;
        }

        int lengthMillis() {
            return lengthMillis;
        }
    }

    /** Takes windows. */
    interface TierVisitor {
        void window(long endMillis, Aggregate aggregate);
    }
}
