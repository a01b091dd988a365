package io.tidepole.push;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.tidepole.guard.Gate;
import io.tidepole.protocol.BadMessageException;
import io.tidepole.protocol.ClientCodec;
import io.tidepole.protocol.ClientMessage;
import io.tidepole.protocol.CloseCode;
import io.tidepole.protocol.ErrorCode;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.ServerCodec;
import io.tidepole.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One connected viewer: what it asked for, and how far it is. Belongs to its loop. Small, as there are tens of
 * thousands: what only a slow viewer needs is made when it falls behind.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failures of channel operations reach the channel's handlers
final class Session {
    private record Subscription(int number, Spec spec) {}

    /** Messages with readings that may wait to be kept before the socket is not read any more. */
    private static final int MAX_READINGS_UNDER_WAY = 64;

    final long number;
    final Outbox outbox;
    final Admission admission;
    int memberIndex;
    int listIndex;
    private final PushLoop loop;
    private final Seat seat;
    private final ChannelHandlerContext channel;
    private final List<Subscription> subscriptions = new ArrayList<>(2);
    private @Nullable LoopGroup group;
    private @Nullable Lag behind;
    private @Nullable Slowness slowness;
    private @Nullable Listening listening;
    private long lastCatchUpMillis;
    private final Follower follower;
    private int lastSubscription;
    private int unanswered;
    private int readingsUnderWay;
    private @Nullable Conduct conduct;
    private final boolean viewer;
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
        this.viewer = viewer;
        this.outbox = new Outbox(channel);
        this.follower = new Follower(compression);
        this.seat = new Seat(loop, this, shape, compression);
        this.heardMillis = loop.nowMillis();
        this.admission = new Admission(this, loop, viewer);
    }

    Shape shape() {
        return seat.shape;
    }

    ChannelHandlerContext channel() {
        return channel;
    }

    // ---- what the viewer says

    /** A whole text message, valid UTF-8. */
    void message(byte[] bytes, int length) {
        received(length);
        if (!admission.isKnown()) {
            if (conduct().mayAsk()) {
                admission.message(bytes, length);
            }
            return;
        }
        if (loop.readings().takes(bytes, length)) {
            reading(bytes, length);
            return;
        }
        if (!conduct().mayAsk()) {
            return;
        }
        try {
            handle(ClientCodec.decode(bytes, 0, length));
        } catch (BadMessageException refused) {
            send(refused.answer());
        }
        readAsFits();
    }

    /** Bytes of a message came. */
    void received(int length) {
        heard();
        conduct().received(length);
    }

    Conduct conduct() {
        if (conduct == null) {
            conduct = new Conduct(loop, this);
        }
        return conduct;
    }

    private void reading(byte[] bytes, int length) {
        readingsUnderWay++;
        loop.readings()
                .message(channel.channel().attr(Gate.ADDRESS).get(), admission.principal(), bytes, length)
                .onComplete(done -> loop.onLoop(() -> {
                    readingsUnderWay--;
                    if (done.succeeded() && done.result().length > 0) {
                        answer(done.result());
                    }
                    readAsFits();
                }));
        readAsFits();
    }

    void heard() {
        heardMillis = loop.nowMillis();
    }

    private void handle(ClientMessage message) {
        if (message instanceof ClientMessage.Authenticate authenticate) {
            admission.authenticate(authenticate);
        } else if (!viewer && !(message instanceof ClientMessage.Ping)) {
            send(new ServerMessage.Failure(
                    ErrorCode.UNKNOWN_TYPE, "this path takes readings; viewers connect to /ws", message.requestId()));
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            subscribe(subscribe);
        } else if (message instanceof ClientMessage.Listen listen) {
            listen(listen);
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe);
        } else if (message instanceof ClientMessage.Ping ping) {
            send(new ServerMessage.Pong(ping.requestId(), ping.clientTimeMillis(), loop.nowMillis()));
        } else if (message instanceof ClientMessage.Report report) {
            loop.figures().painted(report.paintMillis());
        }
    }

    void subscribe(ClientMessage.Subscribe subscribe) {
        if (!conduct().maySubscribe(subscribe.requestId()) || hasTooMany(subscribe)) {
            return;
        }
        Spec spec = loop.intern(new Spec(
                subscribe.select(), subscribe.intervalMillis(), subscribe.stat(), subscribe.by(), admission.rights()));
        subscriptions.add(new Subscription(++lastSubscription, spec));
        place(new Command.Request.Subscribed(subscribe.requestId(), lastSubscription, spec));
    }

    private boolean hasTooMany(ClientMessage request) {
        int held = subscriptions.size() + (listening == null ? 0 : listening.size());
        if (held < loop.maxSubscriptions()) {
            return false;
        }
        send(new ServerMessage.Failure(
                ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                "at most " + loop.maxSubscriptions() + " subscriptions on one connection",
                request.requestId()));
        return true;
    }

    private void unsubscribe(ClientMessage.Unsubscribe unsubscribe) {
        if (listening != null && listening.remove(unsubscribe.subscription())) {
            if (listening.isEmpty()) {
                loop.listensNoMore(this);
            }
            send(new ServerMessage.Unsubscribed(unsubscribe.requestId(), unsubscribe.subscription()));
        } else if (forget(unsubscribe.subscription())) {
            place(new Command.Request.Unsubscribed(unsubscribe.requestId(), unsubscribe.subscription()));
        } else {
            send(new ServerMessage.Failure(
                    ErrorCode.UNKNOWN_SUBSCRIPTION,
                    "there is no subscription " + unsubscribe.subscription(),
                    unsubscribe.requestId()));
        }
    }

    private boolean forget(int subscription) {
        return subscriptions.removeIf(held -> held.number == subscription);
    }

    private void place(Command.Request request) {
        unanswered++;
        loop.command(new Command.Place(
                seat, subscriptions.stream().map(Subscription::spec).toList(), request));
    }

    // ---- topics

    private void listen(ClientMessage.Listen listen) {
        if (hasTooMany(listen)) {
            return;
        }
        if (listening == null) {
            listening = new Listening();
        }
        listening.add(++lastSubscription, listen.topics());
        loop.listens(this);
        send(new ServerMessage.Listening(
                listen.requestId(), lastSubscription, new TreeSet<>(listen.topics()), loop.nowMillis()));
    }

    /** Tells a notice, or keeps it until the viewer is able to take it. */
    void notice(Notice notice) {
        Listening topics = listening;
        if (topics != null && topics.wants(notice.topic()) && admission.mayHear(notice)) {
            if (!topics.isWaiting() && outbox.takesUpdates()) {
                answer(notice.json());
            } else {
                topics.keep(notice);
                tellNotices();
            }
        }
    }

    private void tellNotices() {
        if (listening != null && listening.isWaiting()) {
            listening.tell(new SessionTeller(this));
        }
    }

    /** A viewer that asks faster than it takes answers is not read for a while. */
    void readAsFits() {
        boolean full = (conduct != null && conduct.isPaused())
                || unanswered >= loop.settings().maxAnswers()
                || readingsUnderWay >= MAX_READINGS_UNDER_WAY
                || outbox.isFull(loop.settings().maxAnswers());
        if (channel.channel().config().isAutoRead() == full) {
            channel.channel().config().setAutoRead(!full);
        }
    }

    // ---- who it is

    /** What follows this answer is by the new rights; nothing more comes by the old ones. */
    void rightsChanged(ServerMessage.Authenticated success) {
        if (subscriptions.isEmpty()) {
            send(success);
            return;
        }
        leaveGroup();
        subscriptions.replaceAll(
                held -> new Subscription(held.number, loop.intern(held.spec.with(admission.rights()))));
        place(new Command.Request.Admitted(success));
    }

    // ---- what the encoder says

    void placed(Encoded.Placed placed, LoopGroup newGroup) {
        if (group == null || group.number != newGroup.number) {
            leaveGroup();
            group = newGroup;
            newGroup.join(this);
        }
        answered(placed.answers());
    }

    void refused(Encoded.Refused refused) {
        forget(refused.subscription());
        answered(List.of(new Answer.Text(refused.failure())));
        if (unanswered > 0) {
            place(new Command.Request.Withdrawn());
        }
    }

    private void answered(List<Answer> answers) {
        unanswered--;
        for (Answer answer : answers) {
            if (answer instanceof Answer.Text text) {
                send(text.message());
            } else if (answer instanceof Answer.Listed listed) {
                send(listed);
            }
        }
        readAsFits();
    }

    private void send(Answer.Listed answer) {
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
            readAsFits();
            catchUpIfDue();
            tellNotices();
        }
    }

    private void catchUp() {
        Lag lag = behind;
        LoopGroup from = group;
        if (lag == null || from == null) {
            return;
        }
        lastCatchUpMillis = loop.nowMillis();
        lag.catchUp(from, follower.standsAlone(), outbox::answer);
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
            outbox.answer(frame);
        }
    }

    /** Sends a control frame. */
    void control(int firstByte, byte[] payload) {
        if (!gone && (firstByte != Frames.PING || outbox.takesUpdates())) {
            outbox.answer(seat.shape.frame(firstByte, payload));
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
            outbox.answer(seat.shape.frame(Frames.CLOSE, Frames.closePayload(code.code(), reason)));
            closing = true;
            loop.closeLater(this);
        }
    }

    /** Closes at once: the close frame as best effort, then a reset. */
    void reset(CloseCode code, String reason) {
        if (!gone) {
            close(code, reason);
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
