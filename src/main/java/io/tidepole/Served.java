package io.tidepole;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/** Kinds of answers that may be large: compressed and named by their content, on worker threads. */
enum Served {
    JSON("application/json"),
    CSV("text/csv; charset=utf-8; header=present");

    private static final int WORTH_COMPRESSING = 1_000;
    private static final int COMPRESSION_LEVEL = 4;

    private final String type;

    Served(String type) {
        this.type = type;
    }

    private record Packed(Buffer bytes, boolean gzip, String tag) {}

    /**
     * Sends an answer.
     *
     * @param closed whether it can only change by what comes late, so that it is worth asking whether it has
     */
    Future<Void> send(RoutingContext request, byte[] bytes, boolean closed) {
        String accepted = request.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        boolean gzip = accepted != null && accepted.contains("gzip") && bytes.length >= WORTH_COMPRESSING;
        return request.vertx()
                .executeBlocking(
                        () -> new Packed(Buffer.buffer(gzip ? compress(bytes) : bytes), gzip, tag(bytes)), false)
                .compose(packed -> send(request, packed, closed));
    }

    private Future<Void> send(RoutingContext request, Packed packed, boolean closed) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, type).putHeader(HttpHeaders.VARY, "accept, accept-encoding");
        if (!closed) {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        } else {
            response.putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache").putHeader(HttpHeaders.ETAG, packed.tag);
            String known = request.request().getHeader(HttpHeaders.IF_NONE_MATCH);
            if (known != null && known.contains(packed.tag)) {
                return response.setStatusCode(304).end();
            }
        }
        return response.putHeader(HttpHeaders.CONTENT_ENCODING, packed.gzip ? "gzip" : "identity")
                .end(packed.bytes);
    }

    private static byte[] compress(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed) {
            {
                def.setLevel(COMPRESSION_LEVEL);
            }
        }) {
            gzip.write(bytes);
        }
        return compressed.toByteArray();
    }

    /** Weak: it is the same whether compressed or not. */
    private static String tag(byte[] bytes) throws NoSuchAlgorithmException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return "W/\"" + HexFormat.of().formatHex(digest, 0, 12) + '"';
    }
}
