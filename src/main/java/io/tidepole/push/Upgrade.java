package io.tidepole.push;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.tidepole.auth.Credentials;
import io.tidepole.auth.NotAuthenticatedException;
import io.tidepole.guard.Doorkeeper;
import io.tidepole.guard.Gate;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands before Vert.x's HTTP handler, tells the doorkeeper what has arrived, and takes WebSocket handshakes and event streams for us.
 * All other requests pass. Handshakes are taken here, and not in a route, because a viewer that keeps what Vert.x holds
 * for an HTTP connection costs more than twice the memory.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a refusal that cannot be written needs no answer
final class Upgrade extends ChannelInboundHandlerAdapter {
    private static final long RETRY_SECONDS = 5;
    private static final String TOO_FAR_AHEAD = "maxPipelineDepth exceeded";

    private final PushLoop loop;
    private final Gate gate;
    private final Doorkeeper doorkeeper;
    private final String peer;
    private @Nullable HttpRequest upgrading;
    private boolean isTooFarAhead;
    private boolean admitting;

    /**
     * For one connection.
     *
     * @param peer the address at its other end
     */
    Upgrade(PushLoop loop, Gate gate, Doorkeeper doorkeeper, String peer) {
        this.loop = loop;
        this.gate = gate;
        this.doorkeeper = doorkeeper;
        this.peer = peer;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isTooFarAhead || admitting) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean ours = upgrading != null;
        if (message instanceof HttpRequest request) {
            doorkeeper.headArrived();
            if (request.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                refuse(ctx, malformed(request.decoderResult().cause()));
                return;
            }
            if (!doorkeeper.isFrom(client(request))) {
                ReferenceCountUtil.release(message);
                return;
            }
            ours = StreamRequest.isOne(request) || isHandshake(request);
            upgrading = ours ? request : null;
        }
        if (message instanceof LastHttpContent) {
            doorkeeper.requestArrived();
        }
        if (ours) {
            take(ctx, message);
        } else {
            ctx.fireChannelRead(message);
        }
    }

    /** Netty takes 128 requests ahead of their answers; one that sends more gets the answers to those, and no more. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        if (reason instanceof IllegalStateException
                && String.valueOf(reason.getMessage()).startsWith(TOO_FAR_AHEAD)) {
            isTooFarAhead = true;
            doorkeeper.closeSoon();
        } else {
            ctx.fireExceptionCaught(cause);
        }
    }

    private static Handshake.RefusedException malformed(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Handshake.RefusedException(414, "the line is too long");
        }
        return cause instanceof TooLongHttpHeaderException
                ? new Handshake.RefusedException(431, "the headers are too long")
                : new Handshake.RefusedException(400, "the request cannot be read");
    }

    private void take(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
        HttpRequest request = upgrading;
        if (message instanceof LastHttpContent && request != null) {
            upgrading = null;
            upgrade(ctx, request);
        }
    }

    private String client(HttpRequest request) {
        return gate.client(peer, name -> request.headers().getAll(name));
    }

    private boolean isHandshake(HttpRequest request) {
        return entrance(request).isPresent()
                && "websocket".equalsIgnoreCase(request.headers().get(HttpHeaderNames.UPGRADE));
    }

    private Optional<Entrance> entrance(HttpRequest request) {
        return Entrance.of(request)
                .filter(found -> found != Entrance.STREAM && (found != Entrance.ECHO || loop.echoes()));
    }

    private void upgrade(ChannelHandlerContext ctx, HttpRequest request) {
        try {
            if (!loop.hasRoom()) {
                throw new Handshake.RefusedException(503, "too many connections", RETRY_SECONDS);
            }
            if (gate.viewerWaitMillis() > 0) {
                throw new Handshake.RefusedException(503, "too many connect at once", RETRY_SECONDS);
            }
            Gate.setAddress(ctx.channel(), client(request));
            if (StreamRequest.isOne(request)) {
                StreamRequest stream = StreamRequest.read(request, loop.access().origins());
                admit(ctx, stream, shown(ctx, request, StreamRequest.mayHaveCookies(request)));
            } else {
                Handshake handshake = Handshake.read(
                        request, loop.settings().compression(), loop.access().origins());
                boolean cookies = request.headers().contains(HttpHeaderNames.ORIGIN);
                loop.open(ctx, handshake, entrance(request).orElseThrow(), shown(ctx, request, cookies));
            }
        } catch (Handshake.RefusedException refused) {
            refuse(ctx, refused);
        }
    }

    /** A stream hears nothing: who asks must be known before it begins, and whoever may not is told by a status. */
    private void admit(ChannelHandlerContext ctx, StreamRequest stream, Credentials shown) {
        admitting = true;
        loop.access()
                .authenticator()
                .authenticate(shown)
                .onComplete(done -> loop.onLoop(() -> {
                    if (!ctx.channel().isActive()) {
                        return;
                    }
                    if (done.failed()) {
                        refuse(ctx, stranger(done.cause()));
                    } else if (done.result().grant().read().isEmpty()) {
                        refuse(ctx, new Handshake.RefusedException(403, "you may read nothing"));
                    } else {
                        loop.open(ctx, stream, done.result());
                    }
                }));
    }

    private static Handshake.RefusedException stranger(Throwable cause) {
        if (cause instanceof NotAuthenticatedException refused) {
            if (refused.waitMillis() > 0) {
                return new Handshake.RefusedException(
                        429, "too many failed logins from here", (refused.waitMillis() + 999) / 1_000);
            }
            if (!refused.retry()) {
                return new Handshake.RefusedException(401, String.valueOf(refused.getMessage()));
            }
        }
        return new Handshake.RefusedException(503, "try later", RETRY_SECONDS);
    }

    /** A page of any server can make a browser send our cookie; only those of ours say so in Origin. */
    private Credentials shown(ChannelHandlerContext ctx, HttpRequest request, boolean cookies) {
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        return Credentials.of(name -> request.headers().get(name), request.uri(), cookies)
                .from(
                        client(request),
                        loop.access()
                                .authenticator()
                                .certified(tls == null ? null : tls.engine().getSession()));
    }

    private static void refuse(ChannelHandlerContext ctx, Handshake.RefusedException refused) {
        String body = refused.getMessage() + "\n";
        String text = "HTTP/1.1 " + refused.status + " Refused\r\nConnection: close\r\n"
                + (refused.status == 426 ? "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" : "")
                + (refused.status == 401 ? "WWW-Authenticate: Bearer realm=\"tidepole\"\r\n" : "")
                + (refused.retryAfterSeconds > 0 ? "Retry-After: " + refused.retryAfterSeconds + "\r\n" : "")
                + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        VertxBridge.writeRaw(ctx, Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
