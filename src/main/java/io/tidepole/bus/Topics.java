package io.tidepole.bus;

import io.tidepole.metric.ReadingBatch;

/** The topics that rooms share. */
public final class Topics {
    /** Readings of all doors and of the host, as they come. */
    public static final Topic<ReadingBatch> READINGS = new Topic<>("tidepole.readings", ReadingBatch.class);

    private Topics() {}
}
