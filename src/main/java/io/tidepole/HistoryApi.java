package io.tidepole;

import io.tidepole.history.AbandonedException;
import io.tidepole.history.Asker;
import io.tidepole.history.BusyException;
import io.tidepole.history.History;
import io.tidepole.history.HistoryQuery;
import io.tidepole.history.TooMuchException;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import io.tidepole.metric.SeriesKey;
import io.tidepole.web.Answers;
import io.tidepole.window.By;
import io.tidepole.window.Interval;
import io.tidepole.window.Stat;
import io.tidepole.window.WindowClock;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The past over plain HTTP; see {@code docs/protocol.md}. */
final class HistoryApi {
    private static final long DEFAULT_SPAN_MILLIS = 900_000;
    private static final int DEFAULT_POINTS = 600;
    private static final int MAX_SELECTORS = 64;
    private static final int MAX_STEP_MILLIS = 86_400_000;

    private final History history;
    private final WindowClock clock;
    private final Function<RoutingContext, Predicate<SeriesKey>> mayRead;

    /**
     * Routes to the past.
     *
     * @param mayRead what the sender of a request may know of
     */
    HistoryApi(History history, WindowClock clock, Function<RoutingContext, Predicate<SeriesKey>> mayRead) {
        this.history = history;
        this.clock = clock;
        this.mayRead = mayRead;
    }

    void mount(Router router) {
        router.get("/api/v1/history").handler(this::history);
        router.get("/api/v1/history.csv").handler(this::csv);
    }

    private void history(RoutingContext request) {
        if (wantsCsv(request)) {
            csv(request);
        } else {
            answer(request, Served.JSON, (query, asker) -> history.json(query, asker));
        }
    }

    private void csv(RoutingContext request) {
        answer(request, Served.CSV, (query, asker) -> history.csv(query, asker));
    }

    private static boolean wantsCsv(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains("text/csv") && !accepted.contains("application/json");
    }

    private interface Question {
        Future<byte[]> ask(HistoryQuery query, Asker asker);
    }

    private void answer(RoutingContext request, Served served, Question question) {
        guarded(request, () -> {
            HistoryQuery query = query(new Parameters(request));
            boolean closed = query.untilMillis() < clock.millis();
            question.ask(query, asker(request))
                    .compose(bytes -> served.send(request, bytes, closed))
                    .onFailure(problem -> fail(request, problem));
        });
    }

    private static void guarded(RoutingContext request, Runnable work) {
        try {
            work.run();
        } catch (SelectorSyntaxException e) {
            Answers.error(request, 400, "bad_selector", "select: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            Answers.error(request, 400, "bad_request", String.valueOf(e.getMessage()));
        }
    }

    private Asker asker(RoutingContext request) {
        AtomicBoolean gone = new AtomicBoolean();
        request.response().closeHandler(closed -> gone.set(true));
        return new Asker(mayRead.apply(request), gone::get);
    }

    private static void fail(RoutingContext request, Throwable problem) {
        if (problem instanceof TooMuchException) {
            Answers.error(request, 400, "too_much", String.valueOf(problem.getMessage()));
        } else if (problem instanceof BusyException) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
            Answers.error(request, 503, "unavailable", String.valueOf(problem.getMessage()));
        } else if (!(problem instanceof AbandonedException)) {
            request.fail(problem);
        }
    }

    private HistoryQuery query(Parameters parameters) {
        long until = parameters.number("until", parameters.number("to", clock.millis()));
        long from = parameters.number("from", until - DEFAULT_SPAN_MILLIS);
        int points = parameters.within("points", 1, HistoryQuery.MAX_WINDOWS, DEFAULT_POINTS);
        int step = parameters.within("step", 1, MAX_STEP_MILLIS, Interval.finestFor(Math.max(0, until - from), points));
        return new HistoryQuery(selectors(parameters), from, until, step, stat(parameters), by(parameters));
    }

    private static List<Selector> selectors(Parameters parameters) {
        List<String> texts = parameters.all("select");
        if (texts.size() > MAX_SELECTORS) {
            throw new IllegalArgumentException("at most " + MAX_SELECTORS + " selectors");
        }
        List<Selector> selectors = new ArrayList<>();
        texts.forEach(text -> selectors.add(Selector.parse(text)));
        return selectors;
    }

    private static Stat stat(Parameters parameters) {
        return Stat.byName(parameters.one("stat").orElse("last"))
                .orElseThrow(() -> new IllegalArgumentException("stat is " + Stat.names()));
    }

    /** Names of labels with commas between them, or several times; an empty one is none. */
    private static Optional<By> by(Parameters parameters) {
        List<String> texts = parameters.all("by");
        return texts.isEmpty()
                ? Optional.empty()
                : Optional.of(new By(texts.stream()
                        .flatMap(text -> Stream.of(text.split(",")))
                        .filter(label -> !label.isEmpty())
                        .toList()));
    }
}
