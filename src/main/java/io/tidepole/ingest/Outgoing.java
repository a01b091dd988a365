package io.tidepole.ingest;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Executor;

/** A batch that is being filled. Used by one thread at a time. */
final class Outgoing {
    static final int MAX_READINGS = 4_096;

    private final Intake intake;
    private final long receivedMicros;
    private final ReadingBatch.Builder batch;
    private final Promise<Void> kept = Promise.promise();

    Outgoing(Intake intake, int expected) {
        this.intake = intake;
        this.receivedMicros = intake.nowMicros();
        this.batch = new ReadingBatch.Builder(Math.min(expected, MAX_READINGS));
    }

    /** When what is in it was received. */
    long receivedMicros() {
        return receivedMicros;
    }

    void add(Descriptor series, long timeMicros, double value) {
        batch.add(series, timeMicros, value);
    }

    boolean isFull() {
        return batch.size() >= MAX_READINGS;
    }

    /** Completes when it is safe in the log. */
    Future<Void> kept() {
        return kept.future();
    }

    /** Those who wait are told by {@code teller}, all at once. */
    void publish(Executor teller) {
        if (batch.size() > 0) {
            intake.publish(batch.build(receivedMicros)).onComplete(done -> teller.execute(() -> kept.handle(done)));
        } else {
            kept.complete();
        }
    }
}
