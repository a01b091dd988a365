package io.tidepole.push;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Arrays;
import java.util.Optional;

/** A path at which connections are taken over, and what for: WebSockets all of them, except for the last. */
enum Entrance {
    /** Those who watch. */
    VIEWERS("/ws"),
    /** Those who send readings: nothing is pushed there unasked. */
    DEVICES("/ingest"),
    /** Says back what it hears, for conformance suites; served only where it is asked for. */
    ECHO("/echo"),
    /** Those who watch over plain HTTP, as server-sent events. */
    STREAM("/api/v1/stream");

    private final String path;

    Entrance(String path) {
        this.path = path;
    }

    static Optional<Entrance> of(HttpRequest request) {
        return Arrays.stream(values())
                .filter(entrance -> entrance.isAt(request))
                .findFirst();
    }

    boolean isAt(HttpRequest request) {
        String uri = request.uri();
        return uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
    }
}
