package io.tidepole.ingest;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/** Collects one request's body, no larger and no slower than allowed. Belongs to its request's event loop. */
final class Body {
    private static final int FIRST_CAPACITY = 1_024;
    private static final int QUICK = 8_192;
    private static final long SLOW_MILLIS = 30_000;

    private final Promise<byte[]> whole = Promise.promise();
    private final long maxBytes;
    private final Waiting.Share share;
    private byte[] bytes;
    private int size;
    private boolean over;

    private Body(long maxBytes, int expected, Waiting.Share share) {
        this.maxBytes = maxBytes;
        this.share = share;
        this.bytes = new byte[expected];
    }

    /** The body, or a {@link RefusedException}. The share holds its bytes until the caller gives them back. */
    static Future<byte[]> read(Vertx vertx, HttpServerRequest request, long maxBytes, Waiting.Share share) {
        long announced = announced(request);
        if (announced > maxBytes) {
            return Future.failedFuture(tooLarge(maxBytes));
        }
        int expected = (int) Math.max(FIRST_CAPACITY, Math.min(announced, QUICK));
        Body body = new Body(maxBytes, expected, share);
        request.handler(body::add);
        request.endHandler(end -> body.end());
        request.exceptionHandler(body::fail);
        if (announced < 0 || announced > QUICK) {
            long timer = vertx.setTimer(
                    SLOW_MILLIS, late -> body.fail(new RefusedException(408, "too_slow", "the body took too long")));
            body.whole.future().onComplete(done -> vertx.cancelTimer(timer));
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        return body.whole.future();
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        try {
            return length == null ? -1 : Long.parseLong(length);
        } catch (NumberFormatException odd) {
            return -1;
        }
    }

    static RefusedException tooLarge(long maxBytes) {
        return new RefusedException(413, "too_large", "a body has at most " + maxBytes + " bytes, after inflating");
    }

    private void add(Buffer chunk) {
        if (over) {
            return;
        }
        int length = chunk.length();
        if ((long) size + length > maxBytes) {
            fail(tooLarge(maxBytes));
        } else if (!share.take(length)) {
            fail(new RefusedException(503, "overloaded", "too many bodies wait to be read"));
        } else {
            if (size + length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + length, bytes.length * 2));
            }
            chunk.getBytes(bytes, size);
            size += length;
        }
    }

    private void end() {
        if (!over) {
            over = true;
            whole.complete(size == bytes.length ? bytes : Arrays.copyOf(bytes, size));
        }
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            bytes = new byte[0];
            whole.fail(cause);
        }
    }
}
