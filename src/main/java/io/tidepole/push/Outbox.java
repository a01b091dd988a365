package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What stands between a session and its socket. Updates go straight to the channel or not at all; private answers wait
 * here, few and bounded, until the channel takes them.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
final class Outbox {
    /** Bytes of answers that may wait before the socket is not read any more. */
    private static final int MAX_WAITING_BYTES = 65_536;

    private final ChannelHandlerContext channel;
    private final boolean direct;
    private @Nullable Deque<byte[]> waiting;
    private int waitingBytes;
    private boolean unflushed;
    private boolean draining;

    Outbox(ChannelHandlerContext channel) {
        this.channel = channel;
        this.direct = DirectWrite.suits(channel);
    }

    /** Whether an update may be written now: nothing waits, and the pending bytes are below the mark. */
    boolean takesUpdates() {
        Channel target = channel.channel();
        if (unflushed && (waiting != null || !target.isWritable())) {
            flush();
        }
        return waiting == null && target.isWritable();
    }

    /**
     * Sends shared bytes at once, if nothing is before them; the caller keeps its reference. False if they are to be
     * written and flushed instead.
     */
    boolean send(ByteBuf shared) {
        if (!direct || unflushed || pendingBytes() > 0) {
            return false;
        }
        int taken = DirectWrite.write(channel, shared);
        if (taken < shared.readableBytes()) {
            channel.writeAndFlush(shared.retainedDuplicate().skipBytes(taken), channel.voidPromise());
        }
        return true;
    }

    /** Writes shared bytes; the caller keeps its reference. True if a flush is due that was not due before. */
    boolean write(ByteBuf shared) {
        channel.write(shared.retainedDuplicate(), channel.voidPromise());
        boolean first = !unflushed;
        unflushed = true;
        return first;
    }

    void flush() {
        unflushed = false;
        channel.flush();
    }

    /**
     * Writes a private frame, now or when the channel takes it, in order. True if a flush is due that was not due
     * before.
     */
    boolean answer(byte[] frame) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.addLast(frame);
        waitingBytes += frame.length;
        return !draining && writeWaiting();
    }

    /**
     * Writes and flushes what waits as far as the channel takes it. True if nothing waits any more.
     *
     * <p>A flush can make the channel writable again, and that calls us while we are in here: then the one who was
     * first goes on.
     */
    boolean drain() {
        if (draining) {
            return false;
        }
        draining = true;
        try {
            while (writeWaiting()) {
                flush();
            }
        } finally {
            draining = false;
        }
        return waiting == null;
    }

    private boolean writeWaiting() {
        Deque<byte[]> frames = waiting;
        boolean wasUnflushed = unflushed;
        while (frames != null && !frames.isEmpty() && channel.channel().isWritable()) {
            byte[] frame = frames.removeFirst();
            waitingBytes -= frame.length;
            channel.write(channel.alloc().directBuffer(frame.length).writeBytes(frame), channel.voidPromise());
            unflushed = true;
        }
        if (frames != null && frames.isEmpty()) {
            waiting = null;
        }
        return unflushed && !wasUnflushed;
    }

    boolean isFull(int maxAnswers) {
        return waiting != null && (waiting.size() >= maxAnswers || waitingBytes > MAX_WAITING_BYTES);
    }

    /** The server's bufferedAmount: bytes handed to the channel that the kernel has not taken. */
    long pendingBytes() {
        var buffer = channel.channel().unsafe().outboundBuffer();
        return (buffer == null ? 0 : buffer.totalPendingWriteBytes()) + waitingBytes;
    }
}
