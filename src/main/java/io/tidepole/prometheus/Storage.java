package io.tidepole.prometheus;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SeriesKey;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Where samples come from. */
public interface Storage {
    /** Has work done on a worker thread, with what the sender of the request may read. Fails as the work does. */
    <T> Future<T> ask(RoutingContext request, Work<T> work);

    /** What is done with the samples. */
    interface Work<T> {
        T answer(Samples samples) throws Exception;
    }

    /** What one question may read. Blocks. */
    interface Samples {
        /** The series that one of the selectors chooses and that may have samples in [from, until); sorted by key. */
        List<Descriptor> series(List<Selector> selectors, long fromMicros, long untilMicros);

        /** Hands over samples with from <= time < until, in order of time, each time once. */
        void scan(SeriesKey series, long fromMicros, long untilMicros, Sink sink);

        /** The same, but where that is less to read only those that outline each minute. */
        void outline(SeriesKey series, long fromMicros, long untilMicros, Sink sink);

        /** Throws if nobody waits for the answer any more. */
        void check();
    }

    /** Takes samples. */
    interface Sink {
        void sample(long timeMicros, double value);
    }
}
