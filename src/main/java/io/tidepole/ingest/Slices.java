package io.tidepole.ingest;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Reads long bodies a slice at a time, so that viewers on the same event loop do not wait for them. */
final class Slices {
    /** Some 2 ms. */
    private static final int ENTRIES = 2_000;

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

    /** Takes all entries; completes after the log. */
    static Future<Receipt> run(Context context, Entries entries, Submission submission) {
        Slices slices = new Slices(context, entries, submission);
        slices.next();
        return slices.receipt.future();
    }

    private void next() {
        try {
            for (int i = 0; i < ENTRIES; i++) {
                if (submission.isHopeless() || !entries.next(entry)) {
                    entries.close();
                    submission.commit().onComplete(receipt);
                    return;
                }
                submission.take(entry);
            }
        } catch (RuntimeException bug) {
            receipt.fail(bug);
            return;
        }
        submission.flush();
        context.runOnContext(turn -> next());
    }
}
