package io.tidepole.history;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Answers a bounded number of questions at a time, on threads of their own. */
final class Questions {
    private final Context loop;
    private final Future<?> opened;
    private final WorkerExecutor workers;
    private final int most;
    private final AtomicInteger asked = new AtomicInteger();

    /**
     * Questions that see what was sent live.
     *
     * @param loop takes the readings
     * @param opened when there is a past to ask
     * @param threads that answer
     * @param most questions at a time; those that wait for a thread count
     */
    Questions(Context loop, Future<?> opened, int threads, int most) {
        this.loop = loop;
        this.opened = opened;
        this.most = most;
        this.workers = loop.owner().createSharedWorkerExecutor("tidepole-history", threads);
    }

    /** Fails with {@link BusyException} if there are too many. The answer comes on the caller's own context. */
    <T> Future<T> ask(Function<Asker, Past> past, Asker asker, History.Work<T> work) {
        if (asked.incrementAndGet() > most) {
            asked.decrementAndGet();
            return Future.failedFuture(new BusyException(most));
        }
        Context caller = loop.owner().getOrCreateContext();
        Promise<T> answer = Promise.promise();
        opened.compose(done -> afterReadings())
                .compose(done -> workers.executeBlocking(answering(past, asker, work), false))
                .onComplete(result -> {
                    asked.decrementAndGet();
                    caller.runOnContext(back -> answer.handle(result));
                });
        return answer.future();
    }

    private static <T> Callable<T> answering(Function<Asker, Past> past, Asker asker, History.Work<T> work) {
        return () -> {
            Past own = past.apply(asker);
            own.check();
            return work.answer(own);
        };
    }

    /** Completes when the readings that came before are in memory. */
    private Future<Void> afterReadings() {
        Promise<Void> reached = Promise.promise();
        loop.runOnContext(reached::complete);
        return reached.future();
    }
}
