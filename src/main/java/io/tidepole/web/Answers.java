package io.tidepole.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Answers of the HTTP interface, as {@code docs/protocol.md} says. */
public final class Answers {
    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /** Writes the inside of a JSON object. */
    public interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** Answers 200 with a JSON object that is not to be kept. */
    public static void json(RoutingContext request, Body body) {
        json(request, 200, body);
    }

    /** Answers with this status and a JSON object that is not to be kept. */
    public static void json(RoutingContext request, int status, Body body) {
        send(request, status, object(body));
    }

    /** Answers 200 with JSON that is there already. */
    public static void json(RoutingContext request, byte[] json) {
        send(request, 200, json);
    }

    /** Answers with an error. */
    public static void error(RoutingContext request, int status, String code, String message) {
        send(request, status, object(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
        }));
    }

    private static byte[] object(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void send(RoutingContext request, int status, byte[] json) {
        if (!request.response().ended()) {
            request.response()
                    .setStatusCode(status)
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(Buffer.buffer(json));
        }
    }
}
