package io.tidepole.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that is too slow for an event loop, on threads of its own. What is too much is refused, to be tried again. */
final class Work {
    private final WorkerExecutor workers;
    private final AtomicInteger underWay = new AtomicInteger();
    private final int most;

    Work(Vertx vertx, String name, int threads, int most) {
        this.workers = vertx.createSharedWorkerExecutor("tidepole-auth-" + name, threads);
        this.most = most;
    }

    <T> Future<T> run(Callable<T> task) {
        if (underWay.incrementAndGet() > most) {
            underWay.decrementAndGet();
            return Future.failedFuture(NotAuthenticatedException.busy("too many are being looked at; try again"));
        }
        return workers.executeBlocking(task, false).onComplete(done -> underWay.decrementAndGet());
    }
}
