package io.tidepole.push;

import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/** A path at which WebSockets are opened, and what they are for. */
enum Entrance {
    /** Those who watch. */
    VIEWERS("/ws"),
    /** Those who send readings: nothing is pushed there unasked. */
    DEVICES("/ingest"),
    /** Says back what it hears, for conformance suites; served only where it is asked for. */
    ECHO("/echo");

    private final String path;

    Entrance(String path) {
        this.path = path;
    }

    static Optional<Entrance> of(HttpRequest request) {
        String uri = request.uri();
        for (Entrance entrance : values()) {
            String path = entrance.path;
            if (uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?')) {
                return Optional.of(entrance);
            }
        }
        return Optional.empty();
    }
}
