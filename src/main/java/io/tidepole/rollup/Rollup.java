package io.tidepole.rollup;

import io.tidepole.bus.Backlog;
import io.tidepole.bus.Topics;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.window.Tick;
import io.tidepole.window.WindowClock;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;

/** Folds readings into aligned windows and publishes a {@link Tick} as they close. One instance a node. */
public final class Rollup extends VerticleBase {
    private final int maxSeries;
    private final WindowClock clock;
    private final Backlog backlog;
    private Panes panes;
    private Consumer<Tick> ticks = tick -> {};
    private volatile Figures figures = new Figures(0, 0, 0, 0, 0);

    /**
     * What this room says of itself.
     *
     * @param series known at present
     * @param lateReadings that came too late for their window
     * @param refusedReadings of new series beyond the limit
     * @param duplicateReadings that came again with a stamp that was there already; the last one counts
     * @param doubtfulReadings that may have been there already, in windows with too many to tell; they count
     */
    public record Figures(
            int series, long lateReadings, long refusedReadings, long duplicateReadings, long doubtfulReadings) {}

    /**
     * @param maxSeries that are known at a time
     * @param backlog is told what has been folded
     */
    public Rollup(int maxSeries, WindowClock clock, Backlog backlog) {
        this.backlog = backlog;
        this.maxSeries = maxSeries;
        this.clock = clock;
        this.panes = new Panes(maxSeries, clock.millis());
    }

    @Override
    public Future<?> start() {
        panes = new Panes(maxSeries, clock.millis());
        ticks = Topics.TICKS.publisher(vertx);
        Topics.READINGS.consume(vertx, this::fold);
        Topics.INTEREST.consume(vertx, interest -> panes.watch(interest, clock.millis()));
        schedule();
        return Future.succeededFuture();
    }

    private void fold(ReadingBatch batch) {
        panes.fold(batch);
        backlog.folded(batch.size());
    }

    private void schedule() {
        long delayMillis = panes.nextEndMillis() - clock.millis();
        vertx.setTimer(Math.max(1, delayMillis), timer -> {
            panes.advance(clock.millis()).forEach(ticks);
            figures = new Figures(
                    panes.seriesCount(),
                    panes.lateCount(),
                    panes.refusedCount(),
                    panes.duplicateCount(),
                    panes.doubtfulCount());
            schedule();
        });
    }

    /** Figures as of the last tick; from any thread. */
    public Figures figures() {
        return figures;
    }
}
