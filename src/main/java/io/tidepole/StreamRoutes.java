package io.tidepole;

import io.tidepole.web.Answers;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.LongSupplier;

/** What event streams need beside themselves. */
final class StreamRoutes {
    /** RFC 9113, section 7. */
    private static final long HTTP_1_1_REQUIRED = 0xd;

    private final LongSupplier nowMillis;

    StreamRoutes(LongSupplier nowMillis) {
        this.nowMillis = nowMillis;
    }

    void mount(Router router) {
        router.get("/api/v1/ping").handler(this::ping);
        router.get("/api/v1/stream").handler(StreamRoutes::stream);
    }

    /** The server's time, for pages without a WebSocket. */
    private void ping(RoutingContext request) {
        Answers.json(request, json -> json.writeNumberField("serverTime", nowMillis.getAsLong()));
    }

    /** Event streams are taken before they come here, except over HTTP/2: the client is to ask with HTTP/1.1. */
    private static void stream(RoutingContext request) {
        if (request.request().version() == HttpVersion.HTTP_2) {
            request.response().reset(HTTP_1_1_REQUIRED);
        } else {
            Answers.error(request, 400, "bad_request", "an event stream is asked for with a plain GET");
        }
    }
}
