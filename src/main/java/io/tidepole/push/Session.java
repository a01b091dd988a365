package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.tidepole.protocol.CloseCode;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import org.jspecify.annotations.Nullable;

/**
 * One connected viewer: what of the stream it has, and how far it is. Belongs to its loop. Small, as there are tens of
 * thousands: what only a slow viewer needs is made when it falls behind.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
final class Session {
    final long number;
    final Outbox outbox;
    final Admission admission;
    final Dialogue dialogue;
    int memberIndex;
    int listIndex;
    private final PushLoop loop;
    private final Seat seat;
    private final ChannelHandlerContext channel;
    private @Nullable LoopGroup group;
    private @Nullable Lag behind;
    private @Nullable Slowness slowness;
    private long lastCatchUpMillis;
    private final Follower follower;
    private boolean closing;
    private boolean gone;
    private long heardMillis;

    Session(
            PushLoop loop,
            long number,
            ChannelHandlerContext channel,
            Shape shape,
            Compression compression,
            boolean viewer) {
        this.loop = loop;
        this.number = number;
        this.channel = channel;
        this.outbox = new Outbox(channel);
        this.follower = new Follower(compression);
        this.seat = new Seat(loop, this, shape, compression);
        this.heardMillis = loop.nowMillis();
        this.admission = new Admission(this, loop, viewer);
        this.dialogue = new Dialogue(this, loop, seat, viewer);
    }

    Shape shape() {
        return seat.shape;
    }

    ChannelHandlerContext channel() {
        return channel;
    }

    void heard() {
        heardMillis = loop.nowMillis();
    }

    // ---- what the encoder says

    void placed(Encoded.Placed placed, LoopGroup newGroup) {
        if (group == null || group.number != newGroup.number) {
            leaveGroup();
            group = newGroup;
            newGroup.join(this);
        }
        dialogue.answered(placed.answers());
    }

    void send(Answer.Listed answer) {
        boolean deflated = answer.end().deflated().length > 0 && follower.standsAlone();
        answerFrame(
                deflated
                        ? Frames.frame(
                                Frames.COMPRESSED_TEXT,
                                Alone.stored(answer.head()),
                                answer.end().deflated())
                        : seat.shape.frame(
                                Frames.TEXT, answer.head(), answer.end().plain()));
    }

    /** Leaves the group: what it missed of that one does not matter any more, nor does the window it shared. */
    void leaveGroup() {
        LoopGroup old = group;
        if (old != null) {
            if (behind != null) {
                behind = null;
                old.caughtUp();
            }
            follower.lost();
            group = null;
            loop.left(old, this);
        }
    }

    /** Takes a bundle, or marks what it says as missed. */
    void offer(LoopGroup from, Encoded.Bundle bundle, LoopGroup.Copies copies, Pace pace) {
        if (behind != null || pace == Pace.SKIP || !outbox.takesUpdates()) {
            miss(from, bundle);
            return;
        }
        if (bundle.plain().length == 0) {
            return;
        }
        ByteBuf bytes =
                switch (follower.follow(bundle)) {
                    case PLAIN -> copies.plain();
                    case SHARED -> copies.shared();
                    case ALONE -> copies.alone();
                };
        if (follower.wantsEpoch(bundle)) {
            from.waits();
        }
        if (!(pace == Pace.AT_ONCE && outbox.send(bytes)) && outbox.write(bytes)) {
            loop.flushLater(this);
        }
        loop.figures().delivered(bytes.readableBytes());
    }

    // ---- behind

    private void miss(LoopGroup from, Encoded.Bundle bundle) {
        Lag lag = behind;
        if (lag == null) {
            lag = new Lag(from);
            behind = lag;
            follower.lost();
            from.fellBehind();
            if (slowness == null) {
                slowness = new Slowness(loop.settings(), loop.nowMillis());
                loop.slow(this);
            }
        }
        lag.miss(bundle.data());
    }

    /** After each bundle of the group, and whenever the channel takes more. */
    void catchUpIfDue() {
        if (behind != null && isDue() && outbox.takesUpdates()) {
            catchUp();
        }
    }

    private boolean isDue() {
        int stepMillis = slowness == null ? 0 : slowness.stepMillis();
        return stepMillis == 0
                || Math.floorDiv(loop.nowMillis(), stepMillis) > Math.floorDiv(lastCatchUpMillis, stepMillis);
    }

    /** The channel takes more again. */
    void writable() {
        if (outbox.drain()) {
            dialogue.readAsFits();
            catchUpIfDue();
            dialogue.tellNotices();
        }
    }

    private void catchUp() {
        Lag lag = behind;
        LoopGroup from = group;
        if (lag == null || from == null) {
            return;
        }
        lastCatchUpMillis = loop.nowMillis();
        lag.catchUp(from, follower.standsAlone(), this::put);
        loop.figures().caughtUp();
        if (behind == null) {
            return; // what was written ended the session, or moved it to another group
        }
        if (slowness == null || slowness.stepMillis() == 0) {
            behind = null;
            from.caughtUp();
        }
    }

    boolean isBehind() {
        return behind != null;
    }

    /** A look every second at those who were behind lately. True while it has to go on. */
    boolean look(long nowMillis) {
        Slowness slow = slowness;
        if (slow == null || gone) {
            return false;
        }
        boolean blocked = !outbox.takesUpdates();
        switch (slow.look(nowMillis, blocked, outbox.pendingBytes())) {
            case NOTHING -> {}
            case STEP_DOWN -> send(new ServerMessage.Degraded(slow.stepMillis()));
            case STEP_UP -> steppedUp(slow);
            case OVER -> slowness = null;
            case CLOSE -> {
                loop.figures().tooSlow();
                reset(CloseCode.TOO_SLOW, "took nothing for a minute");
            }
        }
        if (!blocked) {
            catchUpIfDue();
        }
        return slowness != null && !gone;
    }

    private void steppedUp(Slowness slow) {
        if (slow.stepMillis() > 0) {
            send(new ServerMessage.Degraded(slow.stepMillis()));
        } else {
            send(new ServerMessage.Restored());
            catchUp();
        }
    }

    // ---- the end

    void send(ServerMessage message) {
        answer(ServerCodec.encode(message));
    }

    void answer(byte[] json) {
        answerFrame(seat.shape.frame(Frames.TEXT, json));
    }

    private void answerFrame(byte[] frame) {
        if (!closing && !gone) {
            put(frame);
        }
    }

    /** All that one turn answers is flushed together. */
    private void put(byte[] frame) {
        if (outbox.answer(frame)) {
            loop.flushLater(this);
        }
    }

    /** Sends a control frame. */
    void control(int firstByte, byte[] payload) {
        if (!gone && (firstByte != Frames.PING || outbox.takesUpdates())) {
            put(seat.shape.frame(firstByte, payload));
        }
    }

    boolean isGone() {
        return gone;
    }

    boolean isClosing() {
        return closing;
    }

    long heardMillis() {
        return heardMillis;
    }

    /** Begins the closing handshake (RFC 6455, section 7.1.2); the loop ends it if the viewer does not. */
    void close(CloseCode code, String reason) {
        if (!closing && !gone) {
            put(seat.shape.frame(Frames.CLOSE, Frames.closePayload(code.code(), reason)));
            closing = true;
            loop.closeLater(this);
        }
    }

    /** Closes at once: the close frame as best effort, then a reset. */
    void reset(CloseCode code, String reason) {
        if (!gone) {
            close(code, reason);
            outbox.flush();
            channel.channel().config().setOption(io.netty.channel.ChannelOption.SO_LINGER, 0);
            channel.close();
        }
    }

    /** The channel is gone. */
    void ended() {
        if (!gone) {
            gone = true;
            leaveGroup();
            slowness = null;
            loop.command(new Command.Leave(seat));
            loop.ended(this);
        }
    }
}
