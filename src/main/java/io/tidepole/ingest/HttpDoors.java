package io.tidepole.ingest;

import io.tidepole.config.HttpConfig;
import io.tidepole.config.IngestConfig;
import io.tidepole.ingest.Doorway.Door;
import io.tidepole.protocol.JsonBytes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.function.Function;

/** The doors for readings that are HTTP. One for all event loops; each mounts it on its own router. */
public final class HttpDoors {
    /** What people say of JSON; the form is what curl says of {@code -d} unless told otherwise. */
    private static final Set<String> JSON_TYPES = Set.of(
            "",
            "application/json",
            "application/x-ndjson",
            "application/ndjson",
            "application/jsonl",
            "application/x-jsonlines",
            "application/octet-stream",
            "application/x-www-form-urlencoded",
            "text/json",
            "text/plain");
    /** Senders of line protocol say anything at all. */
    private static final Set<String> ANY_TYPE = Set.of();

    private static final Set<String> PROTO_TYPES = Set.of("", "application/x-protobuf");

    private final Intake intake;
    private final Doorway doorway;

    /**
     * @param addresses says from which address a request comes, behind trusted proxies too
     */
    public HttpDoors(
            Intake intake, HttpConfig http, IngestConfig ingest, Function<HttpServerRequest, String> addresses) {
        this.intake = intake;
        this.doorway = new Doorway(intake, http, ingest, addresses);
    }

    /** Adds the routes. Nothing before them may have read the body. */
    public void mount(Router router) {
        Answers answers = new JsonAnswers();
        door(router, "/api/v1/readings", new Door(JSON_TYPES, false, (routing, body) -> json(body), answers));
        door(router, "/write", new Door(ANY_TYPE, false, this::lines, new InfluxAnswers(1)));
        door(router, "/api/v2/write", new Door(ANY_TYPE, false, this::lines, new InfluxAnswers(2)));
        door(
                router,
                "/api/v1/write",
                new Door(PROTO_TYPES, true, (routing, body) -> new RemoteWriteEntries(body), answers));
        otlp(router);
        router.get("/ping").handler(HttpDoors::influxPing);
        router.head("/ping").handler(HttpDoors::influxPing);
    }

    private void otlp(Router router) {
        Door proto = new Door(PROTO_TYPES, false, (routing, body) -> new OtlpEntries(body), new OtlpAnswers());
        Door json = new Door(
                Set.of("application/json"),
                false,
                (routing, body) -> new OtlpEntries(OtlpJson.toProto(body)),
                OtlpAnswers.JSON);
        router.post("/v1/metrics").handler(routing -> {
            String type = routing.request().getHeader(HttpHeaders.CONTENT_TYPE);
            boolean isJson = type != null && type.regionMatches(true, 0, "application/json", 0, 16);
            doorway.take(routing, isJson ? json : proto);
        });
    }

    private void door(Router router, String path, Door door) {
        router.post(path).handler(routing -> doorway.take(routing, door));
    }

    /** Bytes of bodies that are held at present. */
    public long waitingBytes() {
        return doorway.waitingBytes();
    }

    private static Entries json(byte[] body) throws RefusedException {
        if (body.length == 0) {
            throw new RefusedException(400, "bad_request", "the body is empty");
        }
        return new JsonEntries(body, 0, body.length);
    }

    private Entries lines(RoutingContext routing, byte[] body) throws RefusedException {
        HttpServerRequest request = routing.request();
        String name = precision(request);
        Precision precision = Precision.byName(name)
                .orElseThrow(() -> new RefusedException(
                        400,
                        "invalid",
                        "precision is ns, us, ms, s, m or h, not " + (name.length() > 20 ? "that" : name)));
        return new LineEntries(body, precision, (int) intake.limits().lineBytes(), intake::skipped);
    }

    private static String precision(HttpServerRequest request) throws RefusedException {
        try {
            return request.getParam("precision", "ns");
        } catch (IllegalArgumentException malformed) {
            throw new RefusedException(400, "invalid", "the query cannot be read");
        }
    }

    /** What clients of Influx ask before they send. */
    private static void influxPing(RoutingContext routing) {
        routing.response()
                .putHeader("X-Influxdb-Version", "1.8.10")
                .setStatusCode(204)
                .end();
    }

    /** Answers as docs/protocol.md has them. */
    private static final class JsonAnswers implements Answers {
        @Override
        public Answer of(Receipt receipt) {
            JsonBytes json = new JsonBytes(128).put('{');
            receipt.write(json);
            return Answer.json(receipt.status(), json.put('}').toByteArray());
        }

        @Override
        public Answer of(RefusedException refused) {
            return Answer.json(
                    refused.status,
                    new JsonBytes(128)
                            .raw("{\"error\":{\"code\":\"")
                            .raw(refused.code)
                            .raw("\",\"message\":")
                            .text(refused.reason())
                            .raw("}}")
                            .toByteArray());
        }
    }
}
