package io.tidepole.ingest;

import io.tidepole.auth.Principal;
import io.tidepole.auth.Rights;
import io.tidepole.config.HttpConfig;
import io.tidepole.config.IngestConfig;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all doors over HTTP have in common: checks, the body, slices, and the answer. Safe for all event loops. */
final class Doorway {
    private static final Logger LOG = LoggerFactory.getLogger(Doorway.class);
    private static final int INFLATE_ON_LOOP_BYTES = 16_384;
    private static final String RETRY_UNAVAILABLE_SECONDS = "5";
    private static final int BYTES_PER_READING = 32;

    private final Intake intake;
    private final Function<HttpServerRequest, String> addresses;
    private final long maxBodyBytes;
    private final Waiting waiting;

    /** Makes entries of a body. */
    @FunctionalInterface
    interface Reader {
        Entries read(RoutingContext routing, byte[] body) throws RefusedException;
    }

    /**
     * One door.
     *
     * @param types of content that it takes; none for all
     * @param snappy whether bodies may be Snappy blocks too
     */
    record Door(Set<String> types, boolean snappy, Reader reader, Answers answers) {}

    /** How a body is packed. */
    private enum Packing {
        NONE,
        GZIP,
        SNAPPY;

        byte[] unpack(byte[] packed, long maxBytes) throws RefusedException {
            return switch (this) {
                case NONE -> packed;
                case GZIP -> Gunzip.inflate(packed, maxBytes);
                case SNAPPY -> Snappy.inflate(packed, maxBytes);
            };
        }
    }

    Doorway(Intake intake, HttpConfig http, IngestConfig ingest, Function<HttpServerRequest, String> addresses) {
        this.intake = intake;
        this.addresses = addresses;
        this.maxBodyBytes = http.maxBodyBytes();
        this.waiting = new Waiting(ingest.maxWaitingBytes());
    }

    long waitingBytes() {
        return waiting.bytes();
    }

    void take(RoutingContext routing, Door door) {
        Waiting.Share share = waiting.share();
        body(routing, door, share)
                .compose(body -> read(routing, door, body))
                .onComplete(done -> share.giveBack())
                .onSuccess(receipt -> answer(routing.response(), door.answers.of(receipt), receipt.retryAfterMillis()))
                .onFailure(cause -> refuse(routing, door, cause));
    }

    private Future<Receipt> read(RoutingContext routing, Door door, byte[] body) {
        try {
            Entries entries = door.reader.read(routing, body);
            Submission submission = intake.open(sender(routing), body.length / BYTES_PER_READING);
            return Slices.run(routing.vertx().getOrCreateContext(), entries, submission);
        } catch (RefusedException refused) {
            return Future.failedFuture(refused);
        }
    }

    private Future<byte[]> body(RoutingContext routing, Door door, Waiting.Share share) {
        HttpServerRequest request = routing.request();
        try {
            checkSender(routing);
            checkType(request, door.types);
            Packing packing = packing(request, door.snappy);
            if (intake.isOverloaded()) {
                throw new RefusedException(503, "overloaded", "readings come faster than they can be taken");
            }
            if (intake.waitMicros(sender(routing)) > 0) {
                throw new RefusedException(429, "rate_limited", "too many readings from this address", 1_000);
            }
            Future<byte[]> body =
                    Body.read(routing.vertx(), request, maxBodyBytes, share).recover(Doorway::unreadable);
            return packing == Packing.NONE ? body : body.compose(bytes -> unpack(routing, packing, bytes, share));
        } catch (RefusedException refused) {
            return Future.failedFuture(refused);
        }
    }

    private void checkSender(RoutingContext routing) throws RefusedException {
        if (intake.needsProof() && Rights.of(routing).equals(Principal.NOBODY)) {
            long waitMillis = Rights.waitMillis(routing);
            if (waitMillis > 0) {
                throw new RefusedException(429, "rate_limited", "too many failed logins from here", waitMillis);
            }
            throw new RefusedException(401, "not_authenticated", "a token is needed: Authorization: Bearer");
        }
    }

    /** What goes wrong while a body arrives is the sender's: its framing, or that it went away. */
    private static Future<byte[]> unreadable(Throwable cause) {
        return Future.failedFuture(
                cause instanceof RefusedException
                        ? cause
                        : new RefusedException(400, "bad_request", "the body cannot be read"));
    }

    private static void checkType(HttpServerRequest request, Set<String> types) throws RefusedException {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String bare = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (!types.isEmpty() && !types.contains(bare)) {
            throw new RefusedException(415, "unsupported_type", "this Content-Type is not taken here");
        }
    }

    private static Packing packing(HttpServerRequest request, boolean snappy) throws RefusedException {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return Packing.NONE;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return Packing.GZIP;
        }
        if (snappy && encoding.equalsIgnoreCase("snappy")) {
            return Packing.SNAPPY;
        }
        throw new RefusedException(415, "unsupported_encoding", "send it plain or with gzip");
    }

    private Future<byte[]> unpack(RoutingContext routing, Packing packing, byte[] packed, Waiting.Share share) {
        if (packed.length > INFLATE_ON_LOOP_BYTES) {
            return routing.vertx()
                    .executeBlocking(() -> packing.unpack(packed, maxBodyBytes), false)
                    .compose(bytes -> held(bytes, share));
        }
        try {
            return held(packing.unpack(packed, maxBodyBytes), share);
        } catch (RefusedException refused) {
            return Future.failedFuture(refused);
        }
    }

    private static Future<byte[]> held(byte[] inflated, Waiting.Share share) {
        return share.take(inflated.length)
                ? Future.succeededFuture(inflated)
                : Future.failedFuture(new RefusedException(503, "overloaded", "too many bodies wait to be read"));
    }

    private Sender sender(RoutingContext routing) {
        return new Sender(addresses.apply(routing.request()), Rights.of(routing));
    }

    private static void refuse(RoutingContext routing, Door door, Throwable cause) {
        HttpServerResponse response = routing.response();
        if (response.closed()) {
            return;
        }
        RefusedException refused;
        if (cause instanceof RefusedException known) {
            refused = known;
        } else {
            LOG.error("readings could not be kept", cause);
            refused = new RefusedException(503, "unavailable", "the readings could not be kept");
        }
        if (refused.status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_UNAVAILABLE_SECONDS);
        }
        if (!routing.request().isEnded() && routing.request().version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, "close");
        }
        answer(response, door.answers.of(refused), refused.retryAfterMillis);
    }

    private static void answer(HttpServerResponse response, Answers.Answer answer, long retryAfterMillis) {
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(answer.status());
        if (retryAfterMillis > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf((retryAfterMillis + 999) / 1_000));
        }
        if (answer.body().length() == 0) {
            response.end();
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType())
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(answer.body());
        }
    }
}
