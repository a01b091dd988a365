package io.tidepole.ingest;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

/** Reads long bodies a slice at a time, so that viewers on the same event loop do not wait for them. */
final class Slices {
    private static final long SLICE_NANOS = 2_000_000;
    private static final int BETWEEN_LOOKS = 16;

    private final Context context;
    private final Entries entries;
    private final Submission submission;
    private final Entry entry = new Entry();
    private final Promise<Receipt> receipt = Promise.promise();

    private Slices(Context context, Entries entries, Submission submission) {
        this.context = context;
        this.entries = entries;
        this.submission = submission;
    }

    /** Takes all entries; completes after the log, on the context. */
    static Future<Receipt> run(Context context, Entries entries, Submission submission) {
        Slices slices = new Slices(context, entries, submission);
        slices.next();
        return slices.receipt.future();
    }

    private void next() {
        long startedNanos = System.nanoTime();
        try {
            do {
                for (int i = 0; i < BETWEEN_LOOKS; i++) {
                    if (submission.isHopeless() || !entries.next(entry)) {
                        entries.close();
                        submission.commit().onComplete(this::committed);
                        return;
                    }
                    submission.take(entry);
                }
            } while (System.nanoTime() - startedNanos < SLICE_NANOS);
        } catch (RuntimeException bug) {
            receipt.fail(bug);
            return;
        }
        submission.flush();
        context.runOnContext(turn -> next());
    }

    /** A log may answer from a thread of its own. */
    private void committed(AsyncResult<Receipt> done) {
        if (Vertx.currentContext() == context) {
            complete(done);
        } else {
            context.runOnContext(turn -> complete(done));
        }
    }

    private void complete(AsyncResult<Receipt> done) {
        if (done.succeeded()) {
            receipt.complete(done.result());
        } else {
            receipt.fail(done.cause());
        }
    }
}
