package io.tidepole;

import io.tidepole.history.AbandonedException;
import io.tidepole.history.Asker;
import io.tidepole.history.BusyException;
import io.tidepole.history.History;
import io.tidepole.history.HistoryQuery;
import io.tidepole.history.LineQuery;
import io.tidepole.history.SeriesQuery;
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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The past over plain HTTP; see {@code docs/protocol.md}. */
final class HistoryApi {
    /** Within it readings still come that correct what is past. */
    private static final long LATENESS_MILLIS = 10_000;

    private static final long DEFAULT_SPAN_MILLIS = 900_000;
    private static final int DEFAULT_POINTS = 600;
    private static final int MAX_SELECTORS = 64;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_WORDS = 16;
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
        router.get("/api/v1/series").handler(this::series);
    }

    private void history(RoutingContext request) {
        if (wantsCsv(request)) {
            csv(request);
        } else {
            guarded(request, () -> {
                Parameters parameters = new Parameters(request);
                switch (parameters.one("reduce").orElse("windows")) {
                    case "windows" -> {
                        HistoryQuery query = query(parameters);
                        answer(request, Served.JSON, query.untilMillis(), history.json(query, asker(request)));
                    }
                    case "lttb" -> {
                        LineQuery query = line(parameters);
                        answer(request, Served.JSON, query.untilMillis(), history.json(query, asker(request)));
                    }
                    default -> throw new IllegalArgumentException("reduce is windows or lttb");
                }
            });
        }
    }

    private void csv(RoutingContext request) {
        guarded(request, () -> {
            HistoryQuery query = query(new Parameters(request));
            answer(request, Served.CSV, query.untilMillis(), history.csv(query, asker(request)));
        });
    }

    private void series(RoutingContext request) {
        guarded(request, () -> {
            Parameters parameters = new Parameters(request);
            List<String> words = parameters.one("search").stream()
                    .flatMap(text -> Stream.of(text.trim().split("\\s+")))
                    .filter(word -> !word.isEmpty())
                    .limit(MAX_WORDS)
                    .toList();
            SeriesQuery query = new SeriesQuery(
                    selectors(parameters),
                    words,
                    parameters.within("limit", 1, SeriesQuery.MAX_LIMIT, DEFAULT_LIMIT),
                    parameters.one("cursor").map(HistoryApi::key).orElse(""),
                    clock.millis());
            answer(request, Served.JSON, Long.MAX_VALUE, history.json(query, asker(request)));
        });
    }

    private static String key(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("cursor is none that was given out", e);
        }
    }

    private static boolean wantsCsv(RoutingContext request) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
        return accepted != null && accepted.contains("text/csv") && !accepted.contains("application/json");
    }

    /** Sends the answer; one that ends in the past is named by its content. */
    private void answer(RoutingContext request, Served served, long untilMillis, Future<byte[]> answer) {
        boolean closed = untilMillis < clock.millis() - LATENESS_MILLIS;
        answer.compose(bytes -> served.send(request, bytes, closed)).onFailure(problem -> fail(request, problem));
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
        return asker(request, mayRead);
    }

    /** One who may read so much, and is gone when the connection is. */
    static Asker asker(RoutingContext request, Function<RoutingContext, Predicate<SeriesKey>> mayRead) {
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
        long until = until(parameters);
        long from = from(parameters, until);
        int points = parameters.within("points", 1, HistoryQuery.MAX_WINDOWS, DEFAULT_POINTS);
        int step = parameters.within("step", 1, MAX_STEP_MILLIS, Interval.finestFor(Math.max(0, until - from), points));
        return new HistoryQuery(selectors(parameters), from, until, step, stat(parameters), by(parameters));
    }

    private LineQuery line(Parameters parameters) {
        long until = until(parameters);
        int points = parameters.within("points", 1, HistoryQuery.MAX_WINDOWS, DEFAULT_POINTS);
        return new LineQuery(selectors(parameters), from(parameters, until), until, points);
    }

    private long until(Parameters parameters) {
        return parameters.number("until", parameters.number("to", clock.millis()));
    }

    private static long from(Parameters parameters, long until) {
        return parameters.number("from", Math.max(0, until - DEFAULT_SPAN_MILLIS));
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
