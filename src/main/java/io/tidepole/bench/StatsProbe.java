package io.tidepole.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.OptionalLong;

/** What a Tidepole says of itself at {@code /api/v1/stats}; other servers need not. */
final class StatsProbe {
    private static final int TIMEOUT_MILLIS = 500;

    private final URI url;
    private boolean given = true;

    StatsProbe(Options.Target target) {
        url = URI.create("http://" + target.hostHeader() + "/api/v1/stats");
    }

    /** How many viewers the server sees as behind now; empty if it does not tell. */
    OptionalLong behind() {
        if (!given) {
            return OptionalLong.empty();
        }
        try {
            HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                given = false;
                return OptionalLong.empty();
            }
            try (InputStream in = connection.getInputStream()) {
                return field(in, "behind");
            }
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong field(InputStream in, String name) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT && name.equals(parser.currentName())) {
                    return OptionalLong.of(parser.getLongValue());
                }
            }
        }
        return OptionalLong.empty();
    }
}
