package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.tidepole.protocol.CloseCode;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Future;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between a viewer's frames and its session: puts fragments together, inflates, checks, and answers control frames
 * (RFC 6455, sections 5 and 7; RFC 7692, section 6).
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
final class ViewerHandler extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(ViewerHandler.class);
    private static final int RSV1 = 4;
    /** The fewest bytes before what a client's frame holds: RFC 6455, section 5.2. */
    private static final int FRAME_HEAD = 6;

    private final PushLoop loop;
    private final boolean deflate;
    private final Shape shape;
    private final Compression compression;
    private final Entrance entrance;
    private @Nullable Session attached;
    private @Nullable ByteBuf fragments;
    private int fragmentCount;
    private boolean compressed;
    private boolean binary;
    private int utf8;
    private @Nullable Future<?> patience;

    ViewerHandler(PushLoop loop, Handshake handshake, Entrance entrance) {
        this.loop = loop;
        this.shape = handshake.shape();
        this.compression = handshake.compression();
        this.entrance = entrance;
        this.deflate = compression != Compression.NONE;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        attached = new Session(loop, loop.nextSession(), ctx, shape, compression, entrance == Entrance.VIEWERS);
    }

    Session session() {
        if (attached == null) {
            throw new IllegalStateException("not in a pipeline yet");
        }
        return attached;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        WebSocketFrame frame = (WebSocketFrame) message;
        try {
            if (!session().isClosing() || frame instanceof CloseWebSocketFrame) {
                take(ctx, frame);
            }
        } finally {
            frame.release();
        }
    }

    private void take(ChannelHandlerContext ctx, WebSocketFrame frame) {
        boolean first = !(frame instanceof ContinuationWebSocketFrame) && !isControl(frame);
        if (frame.rsv() != 0 && !(frame.rsv() == RSV1 && deflate && first)) {
            session().close(CloseCode.PROTOCOL_ERROR, "reserved bits");
        } else if (frame instanceof CloseWebSocketFrame close) {
            answerClose(ctx, close);
        } else if (frame instanceof PingWebSocketFrame) {
            session().dialogue.received(FRAME_HEAD + frame.content().readableBytes());
            if (session().dialogue.conduct().mayPing()) {
                session().control(Frames.PONG, ByteBufUtil.getBytes(frame.content()));
                session().dialogue.readAsFits();
            }
        } else if (frame instanceof PongWebSocketFrame) {
            session().dialogue.received(FRAME_HEAD + frame.content().readableBytes());
        } else if (frame instanceof BinaryWebSocketFrame && entrance != Entrance.ECHO) {
            session().close(CloseCode.UNSUPPORTED_DATA, "text messages only");
        } else {
            data(frame, first);
        }
    }

    private static boolean isControl(WebSocketFrame frame) {
        return frame instanceof CloseWebSocketFrame
                || frame instanceof PingWebSocketFrame
                || frame instanceof PongWebSocketFrame;
    }

    private void data(WebSocketFrame frame, boolean first) {
        if (first) {
            compressed = frame.rsv() == RSV1;
            binary = frame instanceof BinaryWebSocketFrame;
            utf8 = 0;
        }
        if (frame.isFinalFragment() && fragments == null) {
            message(frame.content());
            return;
        }
        ByteBuf whole = fragments == null ? begin(frame) : fragments;
        if (++fragmentCount > loop.maxFragments()
                || whole.readableBytes() + frame.content().readableBytes() > loop.maxMessageBytes()) {
            dropFragments();
            session().close(CloseCode.TOO_BIG, "the message is too long or in too many pieces");
            return;
        }
        whole.writeBytes(frame.content());
        if (frame.isFinalFragment()) {
            try {
                message(whole);
            } finally {
                dropFragments();
            }
        } else if (!compressed) {
            failEarly(frame.content());
        }
    }

    /** A message in fragments begins: it has so long to end. */
    private ByteBuf begin(WebSocketFrame frame) {
        ByteBuf whole = frame.content().alloc().buffer();
        fragments = whole;
        patience = loop.later(loop.reassemblyMillis(), () -> {
            dropFragments();
            session().close(CloseCode.POLICY_VIOLATION, "the message took too long");
        });
        return whole;
    }

    /** What is no UTF-8 so far will not become any (RFC 6455, section 8.1). */
    private void failEarly(ByteBuf part) {
        if (!binary) {
            byte[] bytes = ByteBufUtil.getBytes(part, 0, part.writerIndex());
            utf8 = Utf8.after(utf8, bytes, 0, bytes.length);
            if (utf8 == Utf8.BROKEN) {
                dropFragments();
                session().close(CloseCode.INVALID_DATA, "not UTF-8");
            }
        }
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
        fragmentCount = 0;
    }

    private void message(ByteBuf content) {
        int length = content.readableBytes();
        byte[] bytes = loop.scratch(length);
        content.getBytes(content.readerIndex(), bytes, 0, length);
        if (compressed) {
            length = inflate(bytes, length);
            bytes = loop.inflation().buffer();
        }
        if (length < 0) {
            return;
        }
        if (!binary && Utf8.after(0, bytes, 0, length) != 0) {
            session().close(CloseCode.INVALID_DATA, "not UTF-8");
        } else if (entrance == Entrance.ECHO) {
            session().dialogue.received(length);
            session().control(binary ? Frames.BINARY : Frames.TEXT, Arrays.copyOf(bytes, length));
            session().dialogue.readAsFits();
        } else {
            session().dialogue.message(bytes, length);
        }
    }

    /** The length after inflating, or -1 if the session was closed for it. */
    private int inflate(byte[] bytes, int length) {
        try {
            int inflated = loop.inflation().inflate(bytes, length);
            if (inflated < 0) {
                session().close(CloseCode.TOO_BIG, "the message is too long when inflated");
            }
            return inflated;
        } catch (DataFormatException e) {
            session().close(CloseCode.INVALID_DATA, "not deflated data");
            return -1;
        }
    }

    /** Sends back the code that came (RFC 6455, section 5.5.1), or what was wrong with it. */
    private void answerClose(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
        if (!session().isClosing()) {
            int code = close.statusCode();
            byte[] reason = ByteBufUtil.getBytes(close.content());
            if (code == -1) {
                session().control(Frames.CLOSE, new byte[0]);
            } else if (!isValid(code)) {
                session().control(Frames.CLOSE, Frames.closePayload(CloseCode.PROTOCOL_ERROR.code(), ""));
            } else if (Utf8.after(0, reason, 2, reason.length) != 0) {
                session().control(Frames.CLOSE, Frames.closePayload(CloseCode.INVALID_DATA.code(), ""));
            } else {
                session().control(Frames.CLOSE, Frames.closePayload(code, ""));
            }
        }
        loop.closeNow(ctx);
    }

    /** Whether a peer may send this code: RFC 6455, section 7.4, and what was registered since. */
    private static boolean isValid(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            session().writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        dropFragments();
        session().ended();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        VertxBridge.onShutdown(event, () -> loop.close(session()));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof CorruptedWebSocketFrameException corrupted) {
            session().close(closeCode(corrupted), "malformed frame");
        } else if (cause instanceof IOException) {
            ctx.close();
        } else {
            log.error("viewer {} failed", session().number, cause);
            session().close(CloseCode.INTERNAL_ERROR, "");
        }
    }

    private static CloseCode closeCode(CorruptedWebSocketFrameException corrupted) {
        int code = corrupted.closeStatus().code();
        if (code == CloseCode.TOO_BIG.code()) {
            return CloseCode.TOO_BIG;
        }
        return code == CloseCode.INVALID_DATA.code() ? CloseCode.INVALID_DATA : CloseCode.PROTOCOL_ERROR;
    }
}
