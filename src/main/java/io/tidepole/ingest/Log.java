package io.tidepole.ingest;

import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;

/** Where readings are kept before they are acknowledged. */
@FunctionalInterface
public interface Log {
    /** Keeps nothing, so that what is acknowledged lives as long as the process. */
    Log NONE = batch -> Future.succeededFuture();

    /** Completes when the batch is safe, and fails if it cannot be made so. Call from any thread. */
    Future<Void> append(ReadingBatch batch);
}
