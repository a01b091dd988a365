package io.tidepole.bus;

import io.tidepole.metric.ReadingBatch;
import io.tidepole.window.Interest;
import io.tidepole.window.Tick;
import io.vertx.core.Vertx;

/** The topics that rooms share. */
public final class Topics {
    /** Readings of all doors and of the host, as they come. */
    public static final Topic<ReadingBatch> READINGS = new Topic<>("tidepole.readings", ReadingBatch.class);

    /** Windows that closed. */
    public static final Topic<Tick> TICKS = new Topic<>("tidepole.ticks", Tick.class);

    /** Which window lengths are watched; the newest counts. */
    public static final Topic<Interest> INTEREST = new Topic<>("tidepole.interest", Interest.class);

    private Topics() {}

    /** Makes the bus carry these topics. Call once per Vert.x instance, before anything else. */
    public static void register(Vertx vertx) {
        READINGS.register(vertx);
        TICKS.register(vertx);
        INTEREST.register(vertx);
    }
}
