package io.tidepole.guard;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the HTTP decoder of one connection: counts it for as long as it lives, and ends it when a request
 * takes too long to arrive. The one behind the decoder says what came of the bytes. A request's head has a fixed time;
 * its body gets more as it arrives, so that honest slow lines come through and one that drips does not.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a refusal that cannot be written needs no answer
public final class Doorkeeper extends ChannelInboundHandlerAdapter {
    private static final long NANOS_PER_BODY_BYTE = TimeUnit.SECONDS.toNanos(1) / 1_024;

    private static final long LAST_ANSWERS_MILLIS = 1_000;

    private enum Due {
        HEAD,
        BODY,
        NOTHING
    }

    private final Gate gate;
    private Due due = Due.HEAD;
    private long deadlineNanos;
    private @Nullable Future<?> check;
    private @Nullable ChannelHandlerContext ctx;
    private String address = "";
    private boolean refused;

    Doorkeeper(Gate gate) {
        this.gate = gate;
    }

    /** Counts a connection until it closes; false if there are too many already. */
    public boolean count(Channel channel, String from) {
        if (!gate.census().enter()) {
            return false;
        }
        channel.closeFuture().addListener(closed -> {
            gate.census().leave();
            gate.census().leave(address);
        });
        return from.isEmpty() || countFrom(from);
    }

    private boolean countFrom(String from) {
        if (!from.equals(address)) {
            gate.census().leave(address);
            address = gate.census().enter(from) ? from : "";
        }
        return from.equals(address);
    }

    /** From whom this connection turns out to be. False if there are too many of them; then it was refused. */
    public boolean isFrom(String from) {
        if (countFrom(from)) {
            return true;
        }
        refuse(503, "Retry-After: 10\r\n", "too many connections from this address");
        return false;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        ctx = added;
        expectHead(added);
    }

    /** The connection is HTTP no more, or is gone. */
    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        due = Due.NOTHING;
        ctx = null;
        if (check != null) {
            check.cancel(false);
            check = null;
        }
    }

    /** Refuses the connection: there are too many. */
    public void tooMany() {
        refuse(503, "Retry-After: 10\r\n", "too many connections");
    }

    /** Takes nothing more, and closes once what was asked before has had a moment to be answered. */
    public void closeSoon() {
        ChannelHandlerContext own = ctx;
        if (own != null && !refused) {
            refused = true;
            due = Due.NOTHING;
            own.executor().schedule(() -> own.close(), LAST_ANSWERS_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The head of a request has arrived. */
    public void headArrived() {
        due = Due.BODY;
        deadlineNanos = System.nanoTime() + gate.settings().bodyTimeout().toNanos();
    }

    /** The whole request has arrived. */
    public void requestArrived() {
        due = Due.NOTHING;
    }

    @Override
    public void channelRead(ChannelHandlerContext own, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        switch (due) {
            case BODY ->
                deadlineNanos += message instanceof ByteBuf bytes ? bytes.readableBytes() * NANOS_PER_BODY_BYTE : 0;
            case NOTHING -> expectHead(own);
            case HEAD -> {}
        }
        own.fireChannelRead(message);
    }

    private void expectHead(ChannelHandlerContext own) {
        due = Due.HEAD;
        long nanos = gate.settings().headerTimeout().toNanos();
        deadlineNanos = System.nanoTime() + nanos;
        if (check == null) {
            check = own.executor().schedule(() -> check(own), nanos, TimeUnit.NANOSECONDS);
        }
    }

    private void check(ChannelHandlerContext own) {
        check = null;
        if (due == Due.NOTHING) {
            return;
        }
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0) {
            refuse(408, "", "the request took too long");
        } else {
            check = own.executor().schedule(() -> check(own), left, TimeUnit.NANOSECONDS);
        }
    }

    /** Answers and closes; what the peer still sends is thrown away. */
    private void refuse(int status, String header, String reason) {
        ChannelHandlerContext own = ctx;
        if (own == null || refused) {
            return;
        }
        refused = true;
        due = Due.NOTHING;
        String body = reason + "\n";
        String text = "HTTP/1.1 " + status + " Refused\r\nConnection: close\r\n" + header
                + "Content-Type: text/plain\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        own.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII))
                .addListener(ChannelFutureListener.CLOSE);
    }
}
