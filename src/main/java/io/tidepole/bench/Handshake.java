package io.tidepole.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The upgrade of a connection to a WebSocket, on the side of the client (RFC 6455, 4.1). */
final class Handshake {
    private static final int MOST_BYTES = 16_384;

    private final StringBuilder answer = new StringBuilder();

    /** The request; one fixed key will do, as no cache stands between. */
    static byte[] request(Options.Target target, Options.Crowd crowd) {
        StringBuilder text = new StringBuilder()
                .append("GET ")
                .append(target.path())
                .append(" HTTP/1.1\r\n")
                .append("Host: ")
                .append(target.hostHeader())
                .append("\r\n")
                .append("Upgrade: websocket\r\nConnection: Upgrade\r\n")
                .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n")
                .append("Sec-WebSocket-Protocol: ")
                .append(crowd.columns() ? "metrics.v1.columns" : "metrics.v1")
                .append("\r\n");
        if (!crowd.offer().isEmpty()) {
            text.append("Sec-WebSocket-Extensions: ").append(crowd.offer()).append("\r\n");
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Takes one byte of the answer; true when it is complete. */
    boolean accept(byte next) {
        if (answer.length() == MOST_BYTES) {
            throw new IllegalStateException("the answer to the upgrade does not end");
        }
        answer.append((char) (next & 0xFF));
        int length = answer.length();
        return next == '\n' && length >= 4 && answer.substring(length - 4).equals("\r\n\r\n");
    }

    boolean upgraded() {
        return answer.toString().startsWith("HTTP/1.1 101 ");
    }

    String statusLine() {
        return answer.substring(0, Math.max(0, answer.indexOf("\r\n")));
    }

    boolean deflates() {
        return answer.toString().toLowerCase(Locale.ROOT).contains("\nsec-websocket-extensions: permessage-deflate");
    }
}
