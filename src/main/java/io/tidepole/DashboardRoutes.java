package io.tidepole;

import io.tidepole.config.EmbedConfig;
import io.tidepole.dashboard.Annotations;
import io.tidepole.dashboard.Dashboards;
import io.tidepole.dashboard.Outcome;
import io.tidepole.dashboard.Precondition;
import io.tidepole.dashboard.Problem;
import io.tidepole.dashboard.StoredDashboard;
import io.tidepole.web.Answers;
import io.tidepole.web.StaticFiles;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;

/** Dashboards and annotations over HTTP, and the two pages that show one of them alone; see docs/dashboards.md. */
final class DashboardRoutes {
    private static final String YAML = "application/yaml";
    private static final String JSON = "application/json";

    private final Dashboards dashboards;
    private final Annotations annotations;
    private final EmbedConfig embed;
    private final LongSupplier nowMillis;

    DashboardRoutes(Dashboards dashboards, Annotations annotations, EmbedConfig embed, LongSupplier nowMillis) {
        this.dashboards = dashboards;
        this.annotations = annotations;
        this.embed = embed;
        this.nowMillis = nowMillis;
    }

    void mount(Router router, StaticFiles pages) {
        Handler<RoutingContext> body = BodyHandler.create(false).setBodyLimit(Dashboards.MAX_BYTES + 1L);
        router.get("/api/v1/dashboards").handler(this::list);
        router.get("/api/v1/dashboards/:name").handler(this::find);
        router.put("/api/v1/dashboards/:name").handler(body).handler(this::save);
        router.delete("/api/v1/dashboards/:name").handler(this::delete);
        router.get("/api/v1/annotations").handler(this::annotations);
        router.post("/api/v1/annotations")
                .handler(BodyHandler.create(false).setBodyLimit(Annotations.MAX_BYTES))
                .handler(this::annotate);
        router.delete("/api/v1/annotations/:id").handler(this::forget);
        router.get("/kiosk/:name").handler(pages.document("kiosk.html"));
        router.get("/embed").handler(this::letFrame).handler(pages.document("embed.html"));
    }

    private void list(RoutingContext request) {
        Answers.json(request, json -> {
            json.writeBooleanField("editable", dashboards.editable());
            json.writeArrayFieldStart("dashboards");
            for (StoredDashboard stored : dashboards.all()) {
                json.writeStartObject();
                json.writeStringField("name", stored.name());
                json.writeStringField("title", stored.title());
                json.writeStringField("description", stored.description());
                json.writeStringField("etag", stored.etag());
                json.writeNumberField("modified", stored.modifiedMillis());
                json.writeFieldName("outline");
                json.writeRawValue(stored.outline());
                write(json, stored.problems());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private void find(RoutingContext request) {
        Optional<StoredDashboard> found = dashboards.find(request.pathParam("name"));
        if (found.isEmpty()) {
            Answers.error(request, 404, "not_found", "there is no such dashboard");
            return;
        }
        String etag = quoted(found.get().etag());
        request.response().putHeader(HttpHeaders.ETAG, etag).putHeader(HttpHeaders.VARY, "accept");
        if (etag.equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            request.response().setStatusCode(304).end();
        } else if (wantsYaml(request)) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, YAML)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(found.get().yaml());
        } else {
            answer(request, 200, found.get());
        }
    }

    private static boolean wantsYaml(RoutingContext request) {
        String accept = request.request().getHeader(HttpHeaders.ACCEPT);
        return request.queryParam("format").contains("yaml") || (accept != null && accept.contains(YAML));
    }

    private void answer(RoutingContext request, int status, StoredDashboard stored) {
        Answers.json(request, status, json -> {
            json.writeStringField("name", stored.name());
            json.writeStringField("etag", stored.etag());
            json.writeBooleanField("editable", dashboards.editable());
            json.writeFieldName("dashboard");
            json.writeRawValue(stored.json());
            json.writeStringField("yaml", stored.yaml());
            write(json, stored.problems());
        });
    }

    private static void write(com.fasterxml.jackson.core.JsonGenerator json, List<Problem> problems)
            throws IOException {
        json.writeArrayFieldStart("problems");
        for (Problem problem : problems) {
            json.writeStartObject();
            json.writeNumberField("line", problem.line());
            json.writeStringField("at", problem.at());
            json.writeStringField("message", problem.message());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void save(RoutingContext request) {
        String type = contentType(request);
        if (!type.equals(JSON) && !type.equals(YAML)) {
            Answers.error(request, 415, "bad_type", "a dashboard is sent as " + JSON + " or " + YAML);
            return;
        }
        Buffer sent = request.body().buffer();
        byte[] bytes = sent == null ? new byte[0] : sent.getBytes();
        String name = request.pathParam("name");
        precondition(request)
                .ifPresent(precondition ->
                        blocking(request, () -> dashboards.save(name, bytes, type.equals(JSON), precondition)));
    }

    private void delete(RoutingContext request) {
        String name = request.pathParam("name");
        precondition(request).ifPresent(precondition -> blocking(request, () -> dashboards.delete(name, precondition)));
    }

    /** Empty if it was missing and the request is answered. */
    private static Optional<Precondition> precondition(RoutingContext request) {
        String match = request.request().getHeader(HttpHeaders.IF_MATCH);
        if (match != null) {
            return Optional.of(
                    new Precondition.Unchanged(match.replace("W/", "").replace("\"", "")));
        }
        if ("*".equals(request.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
            return Optional.of(new Precondition.Absent());
        }
        Answers.error(
                request,
                428,
                "precondition_required",
                "say If-Match with the ETag of what you changed, or If-None-Match: * for a new one");
        return Optional.empty();
    }

    private void blocking(RoutingContext request, Callable<Outcome> change) {
        request.vertx()
                .executeBlocking(change, false)
                .onSuccess(outcome -> answer(request, outcome))
                .onFailure(request::fail);
    }

    private void answer(RoutingContext request, Outcome outcome) {
        if (outcome instanceof Outcome.Saved saved) {
            request.response()
                    .putHeader(HttpHeaders.ETAG, quoted(saved.dashboard().etag()));
            answer(request, saved.created() ? 201 : 200, saved.dashboard());
        } else if (outcome instanceof Outcome.Deleted) {
            request.response().setStatusCode(204).end();
        } else if (outcome instanceof Outcome.Refused refused) {
            refuse(request, refused);
        }
    }

    private static void refuse(RoutingContext request, Outcome.Refused refused) {
        int status =
                switch (refused.reason()) {
                    case NOT_EDITABLE, TOO_MANY -> 403;
                    case BAD_NAME -> 400;
                    case NOT_FOUND -> 404;
                    case CHANGED -> 412;
                    case TOO_LARGE -> 413;
                    case INVALID -> 422;
                    case STORAGE -> 503;
                };
        String code =
                switch (refused.reason()) {
                    case NOT_EDITABLE -> "not_editable";
                    case TOO_MANY -> "too_many_dashboards";
                    case BAD_NAME -> "bad_name";
                    case NOT_FOUND -> "not_found";
                    case CHANGED -> "changed_meanwhile";
                    case TOO_LARGE -> "too_large";
                    case INVALID -> "bad_dashboard";
                    case STORAGE -> "unavailable";
                };
        if (refused.problems().isEmpty()) {
            Answers.error(request, status, code, refused.message());
            return;
        }
        Answers.json(request, status, json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", refused.message());
            write(json, refused.problems());
            json.writeEndObject();
        });
    }

    private void annotations(RoutingContext request) {
        try {
            String found = annotations.json(number(request, "from", 0), number(request, "until", Long.MAX_VALUE));
            Answers.json(request, json -> {
                json.writeFieldName("annotations");
                json.writeRawValue(found);
            });
        } catch (NumberFormatException e) {
            Answers.error(request, 400, "bad_request", "from and until are milliseconds since the epoch");
        }
    }

    private static long number(RoutingContext request, String name, long otherwise) {
        List<String> values = request.queryParam(name);
        return values.isEmpty() ? otherwise : Long.parseLong(values.get(0));
    }

    private void annotate(RoutingContext request) {
        // A type that no form can send: a page of another site cannot write here unseen.
        if (!contentType(request).equals(JSON)) {
            Answers.error(request, 415, "bad_type", "an annotation is sent as " + JSON);
            return;
        }
        Buffer sent = request.body().buffer();
        byte[] bytes = sent == null ? new byte[0] : sent.getBytes();
        request.vertx()
                .executeBlocking(() -> annotations.add(bytes, nowMillis.getAsLong()), false)
                .onSuccess(json -> request.response()
                        .setStatusCode(201)
                        .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                        .end(json))
                .onFailure(problem -> {
                    if (problem instanceof IllegalArgumentException) {
                        Answers.error(request, 400, "bad_annotation", String.valueOf(problem.getMessage()));
                    } else if (problem instanceof IOException) {
                        Answers.error(request, 503, "unavailable", "the annotation could not be kept");
                    } else {
                        request.fail(problem);
                    }
                });
    }

    private void forget(RoutingContext request) {
        long id;
        try {
            id = Long.parseLong(request.pathParam("id"));
        } catch (NumberFormatException e) {
            Answers.error(request, 404, "not_found", "there is no such annotation");
            return;
        }
        request.vertx()
                .executeBlocking(() -> annotations.remove(id), false)
                .onSuccess(removed -> {
                    if (removed) {
                        request.response().setStatusCode(204).end();
                    } else {
                        Answers.error(request, 404, "not_found", "there is no such annotation");
                    }
                })
                .onFailure(
                        problem -> Answers.error(request, 503, "unavailable", "the annotation could not be removed"));
    }

    /** The one page that may stand in a frame of another site. */
    private void letFrame(RoutingContext request) {
        String ancestors = embed.frameAncestors().replaceFirst("^(none|self)\\b", "'$1'");
        request.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors
                                + "; object-src 'none'");
        request.next();
    }

    private static String contentType(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }

    private static String quoted(String etag) {
        return '"' + etag + '"';
    }
}
