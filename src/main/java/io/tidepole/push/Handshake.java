package io.tidepole.push;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionData;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionUtil;
import io.tidepole.auth.Origins;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The opening handshake as the server sees it (RFC 6455, section 4.2; RFC 7692, section 7.1).
 *
 * @param accept the answer to the key
 * @param shape what was negotiated
 * @param subprotocol to be named in the answer, if one was offered
 * @param compression what was negotiated
 * @param extension to be named in the answer, if one was agreed
 */
record Handshake(
        String accept, Shape shape, Optional<String> subprotocol, Compression compression, Optional<String> extension) {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /** A handshake that is refused. */
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;

        final int status;
        /** When to come again; 0 if that is not said. */
        final long retryAfterSeconds;

        RefusedException(int status, String message) {
            this(status, message, 0);
        }

        RefusedException(int status, String message, long retryAfterSeconds) {
            super(message, null, false, false);
            this.status = status;
            this.retryAfterSeconds = retryAfterSeconds;
        }
    }

    /** Reads the request; compression is agreed if both sides want it. */
    static Handshake read(HttpRequest request, boolean compression, Origins origins) throws RefusedException {
        HttpHeaders headers = request.headers();
        check(request.method().equals(HttpMethod.GET), 405, "a WebSocket is opened with GET");
        check(request.protocolVersion().equals(HttpVersion.HTTP_1_1), 400, "a WebSocket needs HTTP/1.1");
        check(headers.getAll(HttpHeaderNames.HOST).size() == 1, 400, "one Host is needed");
        check(
                headers.containsValue(HttpHeaderNames.CONNECTION, "upgrade", true),
                400,
                "Connection does not say upgrade");
        List<String> versions = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION);
        check(versions.size() == 1 && versions.get(0).trim().equals("13"), 426, "WebSocket version 13 is needed");
        checkOrigin(headers, origins);
        String accept = accept(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY));
        Optional<Shape> shape = shape(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL));
        Optional<Agreed> agreed =
                compression ? deflate(headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)) : Optional.empty();
        return new Handshake(
                accept,
                shape.orElse(Shape.FLAT),
                shape.map(found -> found.subprotocol),
                agreed.map(Agreed::compression).orElse(Compression.NONE),
                agreed.map(Agreed::header));
    }

    private static void check(boolean good, int status, String message) throws RefusedException {
        if (!good) {
            throw new RefusedException(status, message);
        }
    }

    /** Browsers send Origin, and only our pages and those that we were told of may connect; tools send none. */
    static void checkOrigin(HttpHeaders headers, Origins origins) throws RefusedException {
        check(
                origins.allows(headers.get(HttpHeaderNames.ORIGIN), headers.get(HttpHeaderNames.HOST)),
                403,
                "this Origin may not connect");
    }

    private static String accept(List<String> keys) throws RefusedException {
        check(keys.size() == 1, 400, "one Sec-WebSocket-Key is needed");
        String key = keys.get(0).trim();
        try {
            check(key.length() == 24 && Base64.getDecoder().decode(key).length == 16, 400, "not a Sec-WebSocket-Key");
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, "not a Sec-WebSocket-Key");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first subprotocol of the client's that is ours; none at all if none is. */
    private static Optional<Shape> shape(List<String> offers) {
        for (String offer : String.join(",", offers).split(",")) {
            for (Shape shape : Shape.values()) {
                if (offer.trim().equals(shape.subprotocol)) {
                    return Optional.of(shape);
                }
            }
        }
        return Optional.empty();
    }

    private record Agreed(Compression compression, String header) {}

    /** The first offer of permessage-deflate that we can meet. */
    private static Optional<Agreed> deflate(List<String> offers) {
        for (WebSocketExtensionData offer : WebSocketExtensionUtil.extractExtensions(String.join(",", offers))) {
            if (offer.name().equals("permessage-deflate")) {
                Optional<Agreed> agreed = agree(offer.parameters());
                if (agreed.isPresent()) {
                    return agreed;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Our deflater has a window of 15 bits and no other, so an offer that asks for a smaller one is passed over. A
     * client's window may be anything: we always ask it to keep none from message to message.
     */
    private static Optional<Agreed> agree(Map<String, String> parameters) {
        StringBuilder answer = new StringBuilder("permessage-deflate; client_no_context_takeover");
        boolean reset = false;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            switch (parameter.getKey()) {
                case "server_no_context_takeover" -> {
                    reset = true;
                    answer.append("; server_no_context_takeover");
                }
                case "client_no_context_takeover", "client_max_window_bits" -> {}
                case "server_max_window_bits" -> {
                    if (!"15".equals(parameter.getValue())) {
                        return Optional.empty();
                    }
                    answer.append("; server_max_window_bits=15");
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(new Agreed(reset ? Compression.RESET : Compression.SHARED, answer.toString()));
    }

    /** The answer, as it goes out. */
    byte[] response() {
        StringBuilder text = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n");
        text.append("Connection: Upgrade\r\nSec-WebSocket-Accept: ")
                .append(accept)
                .append("\r\n");
        subprotocol.ifPresent(
                name -> text.append("Sec-WebSocket-Protocol: ").append(name).append("\r\n"));
        extension.ifPresent(
                name -> text.append("Sec-WebSocket-Extensions: ").append(name).append("\r\n"));
        return text.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
