package io.tidepole.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's HTTP handler and takes WebSocket handshakes for us. All other requests
 * pass. Handshakes are taken here, and not in a route, because a viewer that keeps what Vert.x holds for an HTTP
 * connection costs more than twice the memory.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a refusal that cannot be written needs no answer
final class Upgrade extends ChannelInboundHandlerAdapter {
    private static final String VIEWERS = "/ws";
    private static final String DEVICES = "/ingest";

    private final PushLoop loop;
    private @Nullable HttpRequest upgrading;

    Upgrade(PushLoop loop) {
        this.loop = loop;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request && isHandshake(request)) {
            upgrading = request;
        } else if (upgrading == null) {
            ctx.fireChannelRead(message);
        } else {
            HttpRequest request = upgrading;
            ReferenceCountUtil.release(message);
            if (message instanceof LastHttpContent) {
                upgrading = null;
                upgrade(ctx, request);
            }
        }
    }

    private static boolean isHandshake(HttpRequest request) {
        return (isAt(VIEWERS, request) || isAt(DEVICES, request))
                && "websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE));
    }

    private static boolean isAt(String path, HttpRequest request) {
        String uri = request.uri();
        return uri.startsWith(path) && (uri.length() == path.length() || uri.charAt(path.length()) == '?');
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        try {
            Handshake handshake = Handshake.read(request, loop.settings().compression());
            if (!loop.hasRoom()) {
                throw new Handshake.RefusedException(503, "too many connections");
            }
            loop.open(ctx, handshake, isAt(VIEWERS, request));
        } catch (Handshake.RefusedException refused) {
            refuse(ctx, refused);
        }
    }

    private static void refuse(ChannelHandlerContext ctx, Handshake.RefusedException refused) {
        String body = refused.getMessage() + "\n";
        String text = "HTTP/1.1 " + refused.status + " Refused\r\nConnection: close\r\n"
                + (refused.status == 426 ? "Sec-WebSocket-Version: 13\r\n" : "")
                + (refused.status == 503 ? "Retry-After: 5\r\n" : "")
                + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        VertxBridge.writeRaw(ctx, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
