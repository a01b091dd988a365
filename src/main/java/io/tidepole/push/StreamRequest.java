package io.tidepole.push;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.tidepole.auth.Origins;
import io.tidepole.protocol.BadMessageException;
import io.tidepole.protocol.ClientCodec;
import io.tidepole.protocol.ClientMessage;
import io.tidepole.protocol.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code GET /api/v1/stream} asks for: {@code select} (several), {@code interval} and {@code stat} are one
 * subscription; each parameter named "subscribe" is one more, of series or topics, as it would be sent over a WebSocket.
 *
 * @param subscribes at least one
 * @param resume a message that says what the client may have missed; empty for none
 * @param origin of a page elsewhere that may read the answer; empty for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StreamRequest(Shape shape, List<ClientMessage> subscribes, byte[] resume, String origin) {
    private static final int MAX_PARAMETERS = 256;
    private static final String HEAD = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Content-Type: text/event-stream",
            "Cache-Control: no-store",
            "Connection: close",
            "X-Accel-Buffering: no",
            "X-Content-Type-Options: nosniff",
            "");

    /** Reads the request. */
    static StreamRequest read(HttpRequest request, Origins origins) throws Handshake.RefusedException {
        Handshake.checkOrigin(request.headers(), origins);
        Map<String, List<String>> query = query(request.uri());
        List<ClientMessage> subscribes = new ArrayList<>();
        if (query.containsKey("select")) {
            subscribes.add(subscribe(simple(query)));
        }
        for (String text : query.getOrDefault("subscribe", List.of())) {
            subscribes.add(subscribe(text.getBytes(StandardCharsets.UTF_8)));
        }
        if (subscribes.isEmpty()) {
            throw new Handshake.RefusedException(400, "select is missing");
        }
        String shape = first(query, "shape", "flat");
        if (!shape.equals("flat") && !shape.equals("columns")) {
            throw new Handshake.RefusedException(400, "shape is flat or columns");
        }
        String origin = request.headers().get(HttpHeaderNames.ORIGIN, "");
        return new StreamRequest(
                shape.equals("flat") ? Shape.FLAT_EVENTS : Shape.COLUMNS_EVENTS,
                subscribes,
                resume(request, query),
                origins.isNamed(origin) ? origin : "");
    }

    private static Map<String, List<String>> query(String uri) throws Handshake.RefusedException {
        try {
            return new QueryStringDecoder(uri, StandardCharsets.UTF_8, true, MAX_PARAMETERS).parameters();
        } catch (IllegalArgumentException malformed) {
            throw new Handshake.RefusedException(400, "the query cannot be read");
        }
    }

    private static String first(Map<String, List<String>> query, String name, String otherwise) {
        List<String> values = query.getOrDefault(name, List.of());
        return values.isEmpty() ? otherwise : values.get(0);
    }

    private static byte[] simple(Map<String, List<String>> query) throws Handshake.RefusedException {
        String interval = first(query, "interval", "1000");
        if (!interval.matches("[0-9]{1,6}")) {
            throw new Handshake.RefusedException(400, "interval is a number of milliseconds");
        }
        JsonBytes json = new JsonBytes(128).raw("{\"type\":\"subscribe\",\"select\":[");
        String comma = "";
        for (String select : query.getOrDefault("select", List.of())) {
            json.raw(comma).text(select);
            comma = ",";
        }
        json.raw("],\"interval\":").raw(interval).raw(",\"stat\":").text(first(query, "stat", "last"));
        return json.put('}').toByteArray();
    }

    private static ClientMessage subscribe(byte[] json) throws Handshake.RefusedException {
        try {
            ClientMessage message = ClientCodec.decode(json, 0, json.length);
            if (message instanceof ClientMessage.Subscribe || message instanceof ClientMessage.Listen) {
                return message;
            }
        } catch (BadMessageException bad) {
            throw new Handshake.RefusedException(400, bad.answer().message());
        }
        throw new Handshake.RefusedException(400, "subscribe is a message of that type");
    }

    /** The stream does not go back: what lies between the last event and its beginning is asked of history. */
    private static byte[] resume(HttpRequest request, Map<String, List<String>> query) {
        String header = request.headers().get("Last-Event-ID");
        String last = header == null ? first(query, "lastEventId", "") : header;
        if (!last.matches("[0-9]{1,15}")) {
            return new byte[0];
        }
        return new JsonBytes(64)
                .raw("{\"type\":\"resume\",\"from\":")
                .raw(last)
                .put('}')
                .toByteArray();
    }

    /** A page of ours asks, or somebody follows a link (Fetch Metadata): no other page that made a browser ask. */
    static boolean mayHaveCookies(HttpRequest request) {
        String site = request.headers().get("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }

    /** Whether the request is one for a stream; an offer to go on in HTTP/2 is not taken. */
    static boolean isOne(HttpRequest request) {
        return Entrance.STREAM.isAt(request)
                && request.method().equals(io.netty.handler.codec.http.HttpMethod.GET)
                && !"websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE));
    }

    /** The head of the answer. */
    byte[] head() {
        String cors = origin.isEmpty() ? "" : "Access-Control-Allow-Origin: " + origin + "\r\nVary: Origin\r\n";
        return (HEAD + cors + "\r\nretry: 3000\n\n").getBytes(StandardCharsets.US_ASCII);
    }
}
