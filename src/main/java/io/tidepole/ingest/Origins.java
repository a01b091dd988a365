package io.tidepole.ingest;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Browsers say where a page came from; only pages of this very host may send. Devices and tools say nothing. */
final class Origins {
    private Origins() {}

    static void check(HttpServerRequest request) throws RefusedException {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            String host = String.valueOf(host(request)).toLowerCase(Locale.ROOT);
            if (!origin.equalsIgnoreCase("http://" + host) && !origin.equalsIgnoreCase("https://" + host)) {
                throw new RefusedException(403, "foreign_origin", "pages of this Origin may not send");
            }
        }
    }

    /** HTTP/2 has an authority in place of Host. */
    private static @Nullable String host(HttpServerRequest request) {
        String host = request.getHeader("Host");
        return host == null && request.authority() != null ? request.authority().toString() : host;
    }
}
