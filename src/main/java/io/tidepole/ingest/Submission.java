package io.tidepole.ingest;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that one request, message or packet brings. Used by one thread at a time. */
final class Submission {
    final Sender sender;
    private final Intake intake;
    private final Outlet outlet;
    private final List<Receipt.Rejected> rejected = new ArrayList<>(0);
    private final List<Future<Void>> kept = new ArrayList<>(1);
    private @Nullable Outgoing last;
    private int entries;
    private int accepted;
    private int readings;
    private int rejectedCount;
    private long retryAfterMillis;

    Submission(Intake intake, Sender sender, Outlet outlet) {
        this.intake = intake;
        this.sender = sender;
        this.outlet = outlet;
    }

    /** Takes what can be taken of an entry. */
    void take(Entry entry) {
        Outgoing outgoing = outlet.current();
        int taken = entry.isBad() ? 0 : intake.admit(entry, this, outgoing);
        for (Entry.Problem problem : entry.problems()) {
            rejected(entry.position() < 0 ? entries : entry.position(), problem);
            intake.refused(entry.device(), problem, outgoing.receivedMicros());
        }
        if (taken > 0) {
            readings += taken;
            accepted++;
            if (outgoing != last) {
                last = outgoing;
                kept.add(outgoing.kept());
            }
        }
        entries++;
    }

    private void rejected(int position, Entry.Problem problem) {
        rejectedCount++;
        if (rejected.size() < Receipt.MAX_TOLD) {
            rejected.add(new Receipt.Rejected(position, problem.refusal(), problem.message()));
        }
    }

    /** Whether so much was wrong that it is not worth reading on. */
    boolean isHopeless() {
        return rejectedCount >= 10 * Receipt.MAX_TOLD;
    }

    void retryAfter(long millis) {
        retryAfterMillis = Math.max(retryAfterMillis, millis);
    }

    /** Sends what was taken so far on its way. */
    void flush() {
        outlet.flush();
    }

    /** Completes when all that was taken is safe in the log; fails if it is not. */
    Future<Receipt> commit() {
        outlet.ended();
        intake.spent(sender, readings);
        Receipt receipt = new Receipt(accepted, readings, rejectedCount, rejected, retryAfterMillis);
        return switch (kept.size()) {
            case 0 -> Future.succeededFuture(receipt);
            case 1 -> kept.get(0).map(receipt);
            default -> Future.all(kept).map(receipt);
        };
    }
}
