package io.tidepole;

import io.tidepole.history.BusyException;
import io.tidepole.history.History;
import io.tidepole.history.Past;
import io.tidepole.history.TooMuchException;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.tidepole.prometheus.QueryException;
import io.tidepole.prometheus.Storage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** The past as the Prometheus room asks for it. */
final class PrometheusStorage implements Storage {
    private final History history;
    private final Function<RoutingContext, Predicate<SeriesKey>> mayRead;

    PrometheusStorage(History history, Function<RoutingContext, Predicate<SeriesKey>> mayRead) {
        this.history = history;
        this.mayRead = mayRead;
    }

    @Override
    public <T> Future<T> ask(RoutingContext request, Work<T> work) {
        return history.ask(HistoryApi.asker(request, mayRead), past -> work.answer(new OfPast(past)))
                .recover(problem -> Future.failedFuture(translated(problem)));
    }

    private static Throwable translated(Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        if (problem instanceof TooMuchException) {
            return new QueryException(QueryException.Kind.EXECUTION, message);
        }
        if (problem instanceof BusyException) {
            return new QueryException(QueryException.Kind.UNAVAILABLE, message);
        }
        return problem;
    }

    private record OfPast(Past past) implements Samples {
        @Override
        public List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros) {
            return past.series(selectors, fromMicros, untilMicros);
        }

        @Override
        public void scan(SeriesKey series, long fromMicros, long untilMicros, Sink sink) {
            past.scan(series, fromMicros, untilMicros, sink::sample);
        }

        @Override
        public void outline(SeriesKey series, long fromMicros, long untilMicros, Sink sink) {
            past.outline(series, fromMicros, untilMicros, sink::sample);
        }

        @Override
        public void check() {
            past.check();
        }
    }
}
