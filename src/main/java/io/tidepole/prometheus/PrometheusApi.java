package io.tidepole.prometheus;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;

/** The routes under {@code /prometheus}; see {@code docs/prometheus.md}. */
public final class PrometheusApi {
    /** The version of Prometheus whose interface this is a part of: what tools look at to know what they may ask. */
    private static final String LIKE_VERSION = "2.24.0";

    private static final String BASE = "/prometheus/api/v1";
    private static final int MAX_BODY = 65_536;
    private static final int WORTH_COMPRESSING = 1_000;
    private static final int MAX_SELECTORS = 64;
    private static final Selector ALL = Selector.parse("{__name__=~\".+\"}");
    /** Times beyond it count as the beginning or the end of all. */
    private static final long FAR_MILLIS = 4_000_000_000_000L;

    private final Storage storage;
    private final LongSupplier nowMillis;
    private final String ownVersion;

    /**
     * Routes to a storage.
     *
     * @param nowMillis milliseconds since the epoch
     * @param ownVersion of this program
     */
    public PrometheusApi(Storage storage, LongSupplier nowMillis, String ownVersion) {
        this.storage = storage;
        this.nowMillis = nowMillis;
        this.ownVersion = ownVersion;
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.post(BASE + "/*").handler(BodyHandler.create(false).setBodyLimit(MAX_BODY));
        route(router, "/query", this::query);
        route(router, "/query_range", this::queryRange);
        route(router, "/series", this::series);
        route(router, "/labels", this::labels);
        route(router, "/label/:name/values", this::labelValues);
        route(router, "/metadata", this::metadata);
        route(router, "/status/buildinfo", this::buildInfo);
    }

    /** Reads the request at once; what it returns is done on a worker. */
    private interface Question {
        Storage.Work<byte[]> read(Parameters parameters);
    }

    private void route(Router router, String path, Question question) {
        router.route(BASE + path)
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(request -> answer(request, question));
    }

    private void answer(RoutingContext request, Question question) {
        Storage.Work<byte[]> work;
        try {
            work = question.read(new Parameters(request));
        } catch (QueryException e) {
            fail(request, e);
            return;
        } catch (IllegalArgumentException e) {
            fail(request, QueryException.badData(String.valueOf(e.getMessage())));
            return;
        }
        boolean gzip = Optional.ofNullable(request.request().getHeader(HttpHeaders.ACCEPT_ENCODING))
                .orElse("")
                .contains("gzip");
        storage.ask(request, samples -> new Answer(work.answer(samples), gzip))
                .compose(answer -> answer.send(request))
                .onFailure(problem -> {
                    if (problem instanceof QueryException known) {
                        fail(request, known);
                    } else if (!request.response().closed()) {
                        request.fail(problem);
                    }
                });
    }

    /** An answer as it is sent. */
    private static final class Answer {
        private final boolean gzip;
        private final byte[] bytes;

        Answer(byte[] plain, boolean accepted) throws IOException {
            gzip = accepted && plain.length >= WORTH_COMPRESSING;
            bytes = gzip ? compressed(plain) : plain;
        }

        private static byte[] compressed(byte[] plain) throws IOException {
            ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.length / 4);
            try (GZIPOutputStream stream = new GZIPOutputStream(compressed)) {
                stream.write(plain);
            }
            return compressed.toByteArray();
        }

        Future<Void> send(RoutingContext request) {
            if (request.response().closed()) {
                return Future.succeededFuture();
            }
            return request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .putHeader(HttpHeaders.CONTENT_ENCODING, gzip ? "gzip" : "identity")
                    .end(Buffer.buffer(bytes));
        }
    }

    private static void fail(RoutingContext request, QueryException problem) {
        if (request.response().closed()) {
            return;
        }
        if (problem.status() == 503) {
            request.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        request.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Buffer.buffer(PromJson.error(problem)));
    }

    /** What a request says. Throws QueryException where it is not what it should be. */
    private static final class Parameters {
        private final RoutingContext request;

        Parameters(RoutingContext request) {
            this.request = request;
        }

        Optional<String> one(String name) {
            return all(name).stream().findFirst();
        }

        List<String> all(String name) {
            return request.request().params().getAll(name);
        }

        String path(String name) {
            return Optional.ofNullable(request.pathParam(name)).orElse("");
        }

        interface Reading {
            long millis(String text);
        }

        Optional<Long> millis(String name, Reading reading) {
            Optional<String> text = one(name).filter(given -> !given.isEmpty());
            try {
                return text.map(reading::millis);
            } catch (IllegalArgumentException e) {
                throw QueryException.badData("invalid parameter \"" + name + "\": " + e.getMessage());
            }
        }

        long required(String name, Reading reading) {
            return millis(name, reading)
                    .orElseThrow(() -> QueryException.badData(
                            "invalid parameter \"" + name + "\": cannot parse \"\" to a valid value"));
        }

        long lookbackMillis() {
            long millis = millis("lookback_delta", Times::durationOrSeconds).orElse(Grid.LOOKBACK_MILLIS);
            if (millis < 1) {
                throw QueryException.badData("invalid parameter \"lookback_delta\": must be positive");
            }
            return millis;
        }

        long fromMicros() {
            return Math.max(-FAR_MILLIS, millis("start", Times::instant).orElse(-FAR_MILLIS)) * 1_000;
        }

        long untilMicros() {
            return (Math.min(FAR_MILLIS, millis("end", Times::instant).orElse(FAR_MILLIS)) + 1) * 1_000;
        }

        int limit() {
            Optional<String> text = one("limit");
            try {
                int limit = text.map(Integer::parseInt).orElse(0);
                return limit <= 0 ? Integer.MAX_VALUE : limit;
            } catch (NumberFormatException e) {
                throw new QueryException(QueryException.Kind.BAD_DATA, "limit must be a number");
            }
        }

        List<Selector> selectors() {
            List<String> texts = all("match[]");
            if (texts.size() > MAX_SELECTORS) {
                throw QueryException.badData("invalid parameter \"match[]\": at most " + MAX_SELECTORS);
            }
            List<Selector> selectors = new ArrayList<>();
            for (String text : texts) {
                try {
                    selectors.add(Selector.parse(text));
                } catch (SelectorSyntaxException e) {
                    throw QueryException.badData("invalid parameter \"match[]\": " + e.getMessage());
                }
            }
            return selectors;
        }
    }

    private static Expression expression(Parameters parameters) {
        return Parser.parse(parameters.one("query").orElse(""));
    }

    private Storage.Work<byte[]> query(Parameters parameters) {
        Expression expression = expression(parameters);
        long timeMillis = parameters.millis("time", Times::instant).orElseGet(nowMillis::getAsLong);
        Grid grid = Grid.at(timeMillis, parameters.lookbackMillis());
        return samples -> {
            Evaluator evaluator = new Evaluator(samples, grid);
            if (expression instanceof Expression.Range range) {
                return PromJson.matrix(evaluator.tracks(range));
            }
            return expression.type() == Expression.Type.SCALAR
                    ? PromJson.scalar(timeMillis, expression.scalars(evaluator)[0])
                    : PromJson.vector(expression.columns(evaluator), grid);
        };
    }

    private Storage.Work<byte[]> queryRange(Parameters parameters) {
        Grid grid = Grid.range(
                parameters.required("start", Times::instant),
                parameters.required("end", Times::instant),
                parameters.required("step", Times::durationOrSeconds),
                parameters.lookbackMillis());
        Expression expression = expression(parameters);
        if (expression.type() == Expression.Type.RANGE) {
            throw QueryException.badData("invalid parameter \"query\": invalid expression type \"range vector\""
                    + " for range query, must be Scalar or instant Vector");
        }
        Expression vector =
                expression.type() == Expression.Type.SCALAR ? new Expression.ToVector(expression) : expression;
        return samples -> PromJson.matrix(vector.columns(new Evaluator(samples, grid)), grid);
    }

    private Storage.Work<byte[]> series(Parameters parameters) {
        List<Selector> selectors = parameters.selectors();
        if (selectors.isEmpty()) {
            throw QueryException.badData("no match[] parameter provided");
        }
        long fromMicros = parameters.fromMicros();
        long untilMicros = parameters.untilMicros();
        int limit = parameters.limit();
        return samples -> PromJson.success(json -> {
            json.writeStartArray();
            for (Descriptor series : first(samples.series(selectors, fromMicros, untilMicros), limit)) {
                PromJson.labels(json, Evaluator.labels(series.key()));
            }
            json.writeEndArray();
        });
    }

    private static List<Descriptor> first(List<Descriptor> found, int limit) {
        return found.subList(0, Math.min(limit, found.size()));
    }

    private interface Names {
        void of(Map<String, String> labels, Collection<String> names);
    }

    private Storage.Work<byte[]> labels(Parameters parameters) {
        return names(parameters, (labels, names) -> names.addAll(labels.keySet()));
    }

    private Storage.Work<byte[]> labelValues(Parameters parameters) {
        String label = parameters.path("name");
        return names(parameters, (labels, names) -> Optional.ofNullable(labels.get(label))
                .ifPresent(names::add));
    }

    private static Storage.Work<byte[]> names(Parameters parameters, Names naming) {
        List<Selector> selectors = parameters.selectors();
        long fromMicros = parameters.fromMicros();
        long untilMicros = parameters.untilMicros();
        int limit = parameters.limit();
        return samples -> {
            TreeSet<String> names = new TreeSet<>();
            samples.series(selectors.isEmpty() ? List.of(ALL) : selectors, fromMicros, untilMicros)
                    .forEach(series -> naming.of(Evaluator.labels(series.key()), names));
            return PromJson.success(json -> {
                json.writeStartArray();
                for (String name : names.stream().limit(limit).toList()) {
                    json.writeString(name);
                }
                json.writeEndArray();
            });
        };
    }

    private Storage.Work<byte[]> metadata(Parameters parameters) {
        Optional<String> metric = parameters.one("metric").filter(name -> !name.isEmpty());
        int limit = parameters.limit();
        return samples -> {
            Map<String, Descriptor> byMetric = new TreeMap<>();
            for (Descriptor series : samples.series(List.of(ALL), Long.MIN_VALUE, Long.MAX_VALUE)) {
                if (metric.isEmpty() || metric.get().equals(series.key().metric())) {
                    byMetric.putIfAbsent(series.key().metric(), series);
                }
            }
            return PromJson.success(json -> {
                json.writeStartObject();
                for (Descriptor series : byMetric.values().stream().limit(limit).toList()) {
                    json.writeArrayFieldStart(series.key().metric());
                    json.writeStartObject();
                    json.writeStringField("type", series.kind().name().toLowerCase(Locale.ROOT));
                    json.writeStringField("help", "");
                    json.writeStringField("unit", series.unit().code());
                    json.writeEndObject();
                    json.writeEndArray();
                }
                json.writeEndObject();
            });
        };
    }

    private Storage.Work<byte[]> buildInfo(Parameters parameters) {
        return samples -> PromJson.success(json -> {
            json.writeStartObject();
            json.writeStringField("version", LIKE_VERSION);
            json.writeStringField("application", "Tidepole " + ownVersion);
            json.writeEndObject();
        });
    }
}
