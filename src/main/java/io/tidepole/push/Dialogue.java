package io.tidepole.push;

import io.tidepole.guard.Gate;
import io.tidepole.protocol.BadMessageException;
import io.tidepole.protocol.ClientCodec;
import io.tidepole.protocol.ClientMessage;
import io.tidepole.protocol.ErrorCode;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.ServerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one viewer asks for, and what is still to be answered; a viewer that asks faster than it takes answers is not read
 * for a while. Belongs to its session's loop.
 */
final class Dialogue {
    private record Subscription(int number, Spec spec) {}

    /** Messages with readings that may wait to be kept before the socket is not read any more. */
    private static final int MAX_READINGS_UNDER_WAY = 64;

    private final Session session;
    private final PushLoop loop;
    private final Seat seat;
    private final boolean viewer;
    private final List<Subscription> subscriptions = new ArrayList<>(2);
    private @Nullable Listening listening;
    private @Nullable Conduct conduct;
    private int lastSubscription;
    private int unanswered;
    private int readingsUnderWay;

    Dialogue(Session session, PushLoop loop, Seat seat, boolean viewer) {
        this.session = session;
        this.loop = loop;
        this.seat = seat;
        this.viewer = viewer;
    }

    /** A whole text message, valid UTF-8. */
    void message(byte[] bytes, int length) {
        received(length);
        if (!session.admission.isKnown()) {
            if (conduct().mayAsk(bytes, length)) {
                session.admission.message(bytes, length);
            }
            return;
        }
        if (loop.readings().takes(bytes, length)) {
            reading(bytes, length);
            return;
        }
        if (conduct().mayAsk(bytes, length)) {
            try {
                handle(ClientCodec.decode(bytes, 0, length));
            } catch (BadMessageException refused) {
                session.send(refused.answer());
            }
        }
        readAsFits();
    }

    /** Bytes of a message came. */
    void received(int length) {
        session.heard();
        conduct().received(length);
    }

    Conduct conduct() {
        if (conduct == null) {
            conduct = new Conduct(loop, session);
        }
        return conduct;
    }

    private void reading(byte[] bytes, int length) {
        readingsUnderWay++;
        loop.readings()
                .message(Gate.address(session.channel().channel()), session.admission.principal(), bytes, length)
                .onComplete(done -> loop.onLoop(() -> {
                    readingsUnderWay--;
                    if (done.succeeded() && done.result().length > 0) {
                        session.answer(done.result());
                    }
                    readAsFits();
                }));
        readAsFits();
    }

    void handle(ClientMessage message) {
        if (message instanceof ClientMessage.Authenticate authenticate) {
            session.admission.authenticate(authenticate);
        } else if (!viewer && !(message instanceof ClientMessage.Ping)) {
            session.send(new ServerMessage.Failure(
                    ErrorCode.UNKNOWN_TYPE, "this path takes readings; viewers connect to /ws", message.requestId()));
        } else if (message instanceof ClientMessage.Subscribe subscribe) {
            subscribe(subscribe);
        } else if (message instanceof ClientMessage.Listen listen) {
            listen(listen);
        } else if (message instanceof ClientMessage.Unsubscribe unsubscribe) {
            unsubscribe(unsubscribe);
        } else if (message instanceof ClientMessage.Ping ping) {
            session.send(new ServerMessage.Pong(ping.requestId(), ping.clientTimeMillis(), loop.nowMillis()));
        } else if (message instanceof ClientMessage.Report report) {
            loop.figures().painted(report.paintMillis());
        }
    }

    private void subscribe(ClientMessage.Subscribe subscribe) {
        if (!conduct().maySubscribe(subscribe.requestId()) || hasTooMany(subscribe)) {
            return;
        }
        Spec spec = loop.intern(new Spec(
                subscribe.select(),
                subscribe.intervalMillis(),
                subscribe.stat(),
                subscribe.by(),
                session.admission.rights()));
        subscriptions.add(new Subscription(++lastSubscription, spec));
        place(new Command.Request.Subscribed(subscribe.requestId(), lastSubscription, spec));
    }

    private boolean hasTooMany(ClientMessage request) {
        int held = subscriptions.size() + (listening == null ? 0 : listening.size());
        if (held < loop.maxSubscriptions()) {
            return false;
        }
        session.send(new ServerMessage.Failure(
                ErrorCode.TOO_MANY_SUBSCRIPTIONS,
                "at most " + loop.maxSubscriptions() + " subscriptions on one connection",
                request.requestId()));
        return true;
    }

    private void unsubscribe(ClientMessage.Unsubscribe unsubscribe) {
        if (listening != null && listening.remove(unsubscribe.subscription())) {
            if (listening.isEmpty()) {
                loop.listensNoMore(session);
            }
            session.send(new ServerMessage.Unsubscribed(unsubscribe.requestId(), unsubscribe.subscription()));
        } else if (forget(unsubscribe.subscription())) {
            place(new Command.Request.Unsubscribed(unsubscribe.requestId(), unsubscribe.subscription()));
        } else {
            session.send(new ServerMessage.Failure(
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
        loop.listens(session);
        session.send(new ServerMessage.Listening(
                listen.requestId(), lastSubscription, new TreeSet<>(listen.topics()), loop.nowMillis()));
    }

    /** Tells a notice, or keeps it until the viewer is able to take it. */
    void notice(Notice notice) {
        Listening topics = listening;
        if (topics != null && topics.wants(notice.topic()) && session.admission.mayHear(notice)) {
            if (!topics.isWaiting() && session.outbox.takesUpdates()) {
                session.answer(notice.json());
            } else {
                topics.keep(notice);
                tellNotices();
            }
        }
    }

    void tellNotices() {
        if (listening != null && listening.isWaiting()) {
            listening.tell(new SessionTeller(session));
        }
    }

    /** A viewer that asks faster than it takes answers is not read for a while. */
    void readAsFits() {
        boolean full = (conduct != null && conduct.isPaused())
                || unanswered >= loop.settings().maxAnswers()
                || readingsUnderWay >= MAX_READINGS_UNDER_WAY
                || session.outbox.isFull(loop.settings().maxAnswers());
        if (session.channel().channel().config().isAutoRead() == full) {
            session.channel().channel().config().setAutoRead(!full);
        }
    }

    // ---- what it is answered

    /** What follows this answer is by the new rights; nothing more comes by the old ones. */
    void rightsChanged(ServerMessage.Authenticated success) {
        if (subscriptions.isEmpty()) {
            session.send(success);
            return;
        }
        session.leaveGroup();
        subscriptions.replaceAll(
                held -> new Subscription(held.number, loop.intern(held.spec.with(session.admission.rights()))));
        place(new Command.Request.Admitted(success));
    }

    void refused(Encoded.Refused refused) {
        forget(refused.subscription());
        answered(List.of(new Answer.Text(refused.failure())));
        if (unanswered > 0) {
            place(new Command.Request.Withdrawn());
        }
    }

    void answered(List<Answer> answers) {
        unanswered--;
        for (Answer answer : answers) {
            if (answer instanceof Answer.Text text) {
                session.send(text.message());
            } else if (answer instanceof Answer.Listed listed) {
                session.send(listed);
            }
        }
        readAsFits();
    }
}
