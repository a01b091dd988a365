package io.tidepole.ingest;

import io.tidepole.config.HttpConfig;
import io.tidepole.config.IngestConfig;
import io.tidepole.protocol.JsonBytes;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The doors for readings that are HTTP. One for all event loops; each mounts it on its own router. */
public final class HttpDoors {
    private static final Logger LOG = LoggerFactory.getLogger(HttpDoors.class);
    private static final int INFLATE_ON_LOOP_BYTES = 16_384;
    private static final int LOG_RETRY_SECONDS = 5;
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

    private final Intake intake;
    private final long maxBodyBytes;
    private final Waiting waiting;

    public HttpDoors(Intake intake, HttpConfig http, IngestConfig ingest) {
        this.intake = intake;
        this.maxBodyBytes = http.maxBodyBytes();
        this.waiting = new Waiting(ingest.maxWaitingBytes());
    }

    /** Adds the routes. Nothing before them may have read the body. */
    public void mount(Router router) {
        router.post("/api/v1/readings").handler(this::readings);
    }

    /** Bytes of bodies that are held at present. */
    public long waitingBytes() {
        return waiting.bytes();
    }

    private void readings(RoutingContext routing) {
        Waiting.Share share = waiting.share();
        body(routing, share)
                .compose(body -> {
                    if (body.length == 0) {
                        return Future.failedFuture(new RefusedException(400, "bad_request", "the body is empty"));
                    }
                    Submission submission = intake.open(sender(routing.request()), body.length / 32);
                    JsonEntries entries = new JsonEntries(body, 0, body.length);
                    return Slices.run(routing.vertx().getOrCreateContext(), entries, submission);
                })
                .onComplete(done -> share.giveBack())
                .onSuccess(receipt -> answer(routing.response(), receipt))
                .onFailure(cause -> refuse(routing, cause));
    }

    private Future<byte[]> body(RoutingContext routing, Waiting.Share share) {
        HttpServerRequest request = routing.request();
        try {
            Origins.check(request);
            checkType(request);
            boolean gzip = isGzip(request);
            checkRate(request);
            Future<byte[]> body = Body.read(routing.vertx(), request, maxBodyBytes, share);
            return gzip ? body.compose(bytes -> inflate(routing, bytes, share)) : body;
        } catch (RefusedException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static void checkType(HttpServerRequest request) throws RefusedException {
        String type = String.valueOf(request.headers().get("Content-Type")).toLowerCase(Locale.ROOT);
        String bare = type.equals("null") ? "" : type.split(";", 2)[0].trim();
        if (!JSON_TYPES.contains(bare)) {
            throw new RefusedException(415, "unsupported_type", "send application/json or application/x-ndjson");
        }
    }

    private static boolean isGzip(HttpServerRequest request) throws RefusedException {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return false;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return true;
        }
        throw new RefusedException(415, "unsupported_encoding", "send it plain or with gzip");
    }

    private void checkRate(HttpServerRequest request) throws RefusedException {
        if (intake.waitMicros(sender(request)) > 0) {
            throw new RefusedException(429, "rate_limited", "too many readings from this address");
        }
    }

    private Future<byte[]> inflate(RoutingContext routing, byte[] compressed, Waiting.Share share) {
        if (compressed.length > INFLATE_ON_LOOP_BYTES) {
            return routing.vertx()
                    .executeBlocking(() -> Gunzip.inflate(compressed, maxBodyBytes), false)
                    .compose(bytes -> held(bytes, share));
        }
        try {
            return held(Gunzip.inflate(compressed, maxBodyBytes), share);
        } catch (RefusedException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Future<byte[]> held(byte[] inflated, Waiting.Share share) {
        return share.take(inflated.length)
                ? Future.succeededFuture(inflated)
                : Future.failedFuture(new RefusedException(503, "overloaded", "too many bodies wait to be read"));
    }

    private static Sender sender(HttpServerRequest request) {
        return Sender.at(request.remoteAddress().hostAddress());
    }

    private static void answer(HttpServerResponse response, Receipt receipt) {
        JsonBytes json = new JsonBytes(128).put('{');
        receipt.write(json);
        response.setStatusCode(receipt.status());
        if (receipt.retryAfterMillis() > 0) {
            response.putHeader("Retry-After", String.valueOf((receipt.retryAfterMillis() + 999) / 1_000));
        }
        end(response, json.put('}'));
    }

    private static void end(HttpServerResponse response, JsonBytes json) {
        if (!response.closed() && !response.ended()) {
            response.putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(json.toByteArray()));
        }
    }

    private static void refuse(RoutingContext routing, Throwable cause) {
        HttpServerResponse response = routing.response();
        if (cause instanceof RefusedException refused) {
            refuse(routing, refused);
        } else if (!response.closed()) {
            LOG.error("readings could not be kept", cause);
            refuse(routing, new RefusedException(503, "unavailable", "the readings could not be kept"));
        }
    }

    private static void refuse(RoutingContext routing, RefusedException refused) {
        HttpServerResponse response = routing.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(refused.status);
        if (refused.status == 429) {
            response.putHeader("Retry-After", "1");
        } else if (refused.status == 503) {
            response.putHeader("Retry-After", String.valueOf(LOG_RETRY_SECONDS));
        }
        if (!routing.request().isEnded() && routing.request().version() != HttpVersion.HTTP_2) {
            response.putHeader("Connection", "close");
        }
        end(
                response,
                new JsonBytes(128)
                        .raw("{\"error\":{\"code\":\"")
                        .raw(refused.code)
                        .raw("\",\"message\":")
                        .text(refused.reason())
                        .raw("}}"));
    }
}
