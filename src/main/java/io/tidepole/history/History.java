package io.tidepole.history;

import io.tidepole.bus.Topics;
import io.tidepole.config.HistoryConfig;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The past of all series, in memory. One instance a node; it takes readings and questions in order on its own event
 * loop, so a question asked after a window was sent live sees all of that window's readings.
 */
public final class History extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final HistoryConfig config;
    private final Ring ring;
    private final long startedMillis;
    private final Optional<Store> store;
    private Future<?> opened = Future.failedFuture("not started");
    private @Nullable Questions questions;
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
        this.config = config;
        this.ring = new Ring(config.memoryBytes());
        this.startedMillis = startedMillis;
        this.store = config.durability() == HistoryConfig.Durability.COMMIT
                ? Optional.of(new Store(data.resolve("history"), config, System::currentTimeMillis))
                : Optional.empty();
    }

    /** Files are opened behind it: until they are, questions and acknowledgements wait, and what is live does not. */
    @Override
    public Future<?> start() {
        Topics.READINGS.consume(vertx, batch -> {
            ring.add(batch);
            figures = new Figures(ring.bytes(), ring.seriesCount());
        });
        opened = onWorker(Store::open)
                .onFailure(problem -> LOG.error("History could not be opened; it answers nothing", problem));
        questions = new Questions(context, opened, config.threads(), config.maxQuestions());
        return Future.succeededFuture();
    }

    private Future<?> onWorker(Consumer<Store> work) {
        return vertx.executeBlocking(
                () -> {
                    store.ifPresent(work);
                    return null;
                },
                false);
    }

    /** Answers as JSON; fails with {@link TooMuchException} if the answer would be too large. */
    public Future<byte[]> json(HistoryQuery query, Asker asker) {
        return ask(asker, past -> HistoryJson.write(past, query, startedMillis));
    }

    /** Answers as CSV; fails with {@link TooMuchException} if the answer would be too large. */
    public Future<byte[]> csv(HistoryQuery query, Asker asker) {
        return ask(asker, past -> HistoryCsv.write(past, query));
    }

    /** Answers with one page of a list of series, as JSON. */
    public Future<byte[]> json(SeriesQuery query, Asker asker) {
        return ask(asker, past -> SeriesList.write(past, query));
    }

    /** Answers with one line drawn by the points that show its shape, as JSON. */
    public Future<byte[]> json(LineQuery query, Asker asker) {
        return ask(asker, past -> LineJson.write(past, query, startedMillis));
    }

    /**
     * Has a question answered on a worker thread. Call from any thread; what was sent live before is in the answer.
     * Fails with {@link BusyException} if too many are being answered.
     */
    public <T> Future<T> ask(Asker asker, Work<T> work) {
        return Objects.requireNonNull(questions, "not started")
                .ask(who -> new Past(ring, archive(), startedMillis * 1_000, who), asker, work);
    }

    /** What is done with the past. */
    public interface Work<T> {
        T answer(Past past) throws Exception;
    }

    /** Completes when the batch is on disk, and fails if it cannot be. Call from any thread. */
    public Future<Void> append(ReadingBatch batch) {
        return store.map(each -> each.append(batch)).orElseGet(Future::succeededFuture);
    }

    /** What is on disk. */
    Archive archive() {
        return store.map(Store::archive).orElse(Archive.NONE);
    }

    /** For tests. */
    Optional<Store> store() {
        return store;
    }

    /** How it stands with the disk; from any thread. */
    public DiskFigures disk() {
        return store.map(Store::figures).orElse(DiskFigures.OFF);
    }

    @Override
    public Future<?> stop() {
        return opened.eventually(() -> onWorker(Store::close));
    }

    /** Figures as of the last readings; from any thread. */
    public Figures figures() {
        return figures;
    }
}
