package io.tidepole.ingest;

import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** All that one request, message or packet brings. Used by one thread at a time. */
final class Submission {
    private static final int BATCH = 4_096;

    final Sender sender;
    private final Intake intake;
    private final List<Receipt.Rejected> rejected = new ArrayList<>(0);
    private final List<Future<Void>> logged = new ArrayList<>(1);
    private ReadingBatch.Builder batch;
    private long receivedMicros;
    private int entries;
    private int accepted;
    private int readings;
    private int rejectedCount;
    private long retryAfterMillis;

    Submission(Intake intake, Sender sender, long receivedMicros, int expected) {
        this.intake = intake;
        this.sender = sender;
        this.receivedMicros = receivedMicros;
        this.batch = new ReadingBatch.Builder(Math.min(expected, BATCH));
    }

    /** Takes what can be taken of an entry. */
    void take(Entry entry) {
        if (batch.size() >= BATCH) {
            publish();
            receivedMicros = intake.nowMicros();
        }
        int taken = entry.isBad() ? 0 : intake.admit(entry, this);
        for (Entry.Problem problem : entry.problems()) {
            rejected(problem);
            intake.refused(entry.device(), problem, receivedMicros);
        }
        readings += taken;
        accepted += taken > 0 ? 1 : 0;
        entries++;
    }

    private void rejected(Entry.Problem problem) {
        rejectedCount++;
        if (rejected.size() < Receipt.MAX_TOLD) {
            rejected.add(new Receipt.Rejected(entries, problem.refusal(), problem.message()));
        }
    }

    /** Whether so much was wrong that it is not worth reading on. */
    boolean isHopeless() {
        return rejectedCount >= 10 * Receipt.MAX_TOLD;
    }

    ReadingBatch.Builder batch() {
        return batch;
    }

    long receivedMicros() {
        return receivedMicros;
    }

    void retryAfter(long millis) {
        retryAfterMillis = Math.max(retryAfterMillis, millis);
    }

    /** Sends what was taken so far on its way. */
    void publish() {
        if (batch.size() > 0) {
            logged.add(intake.publish(batch.build(receivedMicros)));
        }
    }

    /** Completes when all that was taken is safe in the log; fails if it is not. */
    Future<Receipt> commit() {
        publish();
        intake.spent(this, readings);
        Receipt receipt = new Receipt(accepted, readings, rejectedCount, rejected, retryAfterMillis);
        return logged.size() == 1
                ? logged.get(0).map(receipt)
                : Future.all(logged).map(receipt);
    }
}
