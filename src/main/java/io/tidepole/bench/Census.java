package io.tidepole.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How many messages each viewer got, compared with what was fed: a check of all of them that costs nothing. */
final class Census {
    /**
     * Readers only.
     *
     * @param complete got one message for each reading
     * @param fewer got fewer
     * @param more got more
     * @param missing messages, over all
     */
    record Count(boolean counts, int complete, int fewer, int more, long missing) {}

    private final Options options;
    private final FeedClock clock;

    Census(Options options, FeedClock clock) {
        this.options = options;
        this.clock = clock;
    }

    /** Only where each reading makes one message, for viewers that were there from the first to the last. */
    private boolean counts() {
        return options.crowd().intervalMillis() == 0
                && !options.crowd().columns()
                && options.crowd().churnPercent() == 0
                && options.crowd().selectors().equals(java.util.List.of(FeedPlan.METRIC))
                && clock.feeding();
    }

    Count take(Fleet fleet, long fed) {
        AtomicInteger complete = new AtomicInteger();
        AtomicInteger fewer = new AtomicInteger();
        AtomicInteger more = new AtomicInteger();
        AtomicLong missing = new AtomicLong();
        fleet.forAll(viewer -> {
            if (viewer.role().keepsUp()) {
                long difference = fed - viewer.messages();
                (difference == 0 ? complete : difference > 0 ? fewer : more).incrementAndGet();
                missing.addAndGet(Math.max(0, difference));
            }
        });
        return new Count(counts(), complete.get(), fewer.get(), more.get(), missing.get());
    }
}
