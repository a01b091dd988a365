package io.tidepole.push;

import io.tidepole.auth.Credentials;
import io.tidepole.auth.NotAuthenticatedException;
import io.tidepole.auth.Principal;
import io.tidepole.auth.ReadRights;
import io.tidepole.guard.Gate;
import io.tidepole.protocol.BadMessageException;
import io.tidepole.protocol.ClientCodec;
import io.tidepole.protocol.ClientMessage;
import io.tidepole.protocol.CloseCode;
import io.tidepole.protocol.ErrorCode;
import io.tidepole.protocol.Notice;
import io.tidepole.protocol.NoticeTopic;
import io.tidepole.protocol.ServerMessage;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who a session is. Until that is known nothing is told but a welcome, and nothing is taken but its proof; when the proof
 * no longer holds, the session ends. Belongs to its session's loop.
 */
final class Admission {
    private static final int MOST_HELD = 16;

    private final Session session;
    private final PushLoop loop;
    private final boolean welcomes;
    private Principal principal = Principal.NOBODY;
    private boolean known;
    private Runnable whenKnown = () -> {};
    private boolean checking;
    private boolean welcomed;
    private List<byte[]> held = List.of();
    private final long sinceMillis;

    Admission(Session session, PushLoop loop, boolean welcomes) {
        this.session = session;
        this.loop = loop;
        this.welcomes = welcomes;
        this.sinceMillis = loop.nowMillis();
    }

    Principal principal() {
        return principal;
    }

    /** What it may be told of. */
    ReadRights rights() {
        return principal.grant().read();
    }

    /** Whether it is known who this is. */
    boolean isKnown() {
        return known;
    }

    /** The handshake is done; afterwards runs once it is known who this is. */
    void begin(Credentials shown, Runnable afterwards) {
        whenKnown = afterwards;
        if (shown.isEmpty() && loop.access().authenticator().isRequired()) {
            welcome(false);
        } else {
            check(shown, "", false);
        }
    }

    /** A message from somebody who is not known yet. */
    void message(byte[] bytes, int length) {
        if (checking) {
            hold(bytes, length);
            return;
        }
        try {
            ClientMessage message = ClientCodec.decode(bytes, 0, length);
            if (message instanceof ClientMessage.Authenticate authenticate) {
                authenticate(authenticate);
            } else if (message instanceof ClientMessage.Ping ping) {
                session.send(new ServerMessage.Pong(ping.requestId(), ping.clientTimeMillis(), loop.nowMillis()));
            } else {
                refuse(message.requestId());
            }
        } catch (BadMessageException bad) {
            // Readings are no requests that the codec knows; what anybody says before the proof needs no better answer.
            refuse(bad.answer().requestId());
        }
    }

    private void refuse(String requestId) {
        session.send(new ServerMessage.Failure(ErrorCode.NOT_AUTHENTICATED, "say who you are first", requestId));
    }

    /** What comes while the proof is looked at is answered after it. */
    private void hold(byte[] bytes, int length) {
        if (held.size() == MOST_HELD) {
            session.close(CloseCode.POLICY_VIOLATION, "too much before the answer to authenticate");
            return;
        }
        if (held.isEmpty()) {
            held = new ArrayList<>();
        }
        held.add(Arrays.copyOf(bytes, length));
    }

    /** A proof, the first or a fresh one. */
    void authenticate(ClientMessage.Authenticate message) {
        check(
                new Credentials(message.token())
                        .from(Gate.address(session.channel().channel()), Optional.empty()),
                message.requestId(),
                true);
    }

    private void check(Credentials shown, String requestId, boolean asked) {
        checking = true;
        Future<Principal> answer = loop.access().authenticator().authenticate(shown);
        answer.onComplete(done -> loop.onLoop(() -> {
            checking = false;
            if (session.isGone() || session.isClosing()) {
                held = List.of();
            } else if (done.succeeded()) {
                accept(done.result(), requestId, asked);
            } else {
                reject(done.cause(), requestId);
            }
        }));
    }

    private void accept(Principal proved, String requestId, boolean asked) {
        boolean sameRights = known && rights().equals(proved.grant().read());
        principal = proved;
        known = true;
        if (!welcomed) {
            welcome(true);
        }
        if (asked) {
            ServerMessage.Authenticated success =
                    new ServerMessage.Authenticated(requestId, proved.name(), proved.expiresAtMillis());
            if (sameRights) {
                session.send(success);
            } else {
                session.dialogue.rightsChanged(success);
            }
        }
        whenKnown.run();
        whenKnown = () -> {};
        List<byte[]> waiting = held;
        held = List.of();
        waiting.forEach(message -> session.dialogue.message(message, message.length));
    }

    /** It was known before the session began who this is; afterwards runs once it is welcomed. */
    void begin(Principal proved, Runnable afterwards) {
        whenKnown = afterwards;
        accept(proved, "", false);
    }

    /** A fresh proof that fails leaves the old one as it is. */
    private void reject(Throwable cause, String requestId) {
        if (cause instanceof NotAuthenticatedException refused && refused.waitMillis() > 0) {
            session.send(new ServerMessage.Limited(requestId, refused.waitMillis()));
            if (!known) {
                held = List.of();
                session.close(CloseCode.RATE_LIMITED, "too many failed logins");
            }
            return;
        }
        String reason = cause instanceof NotAuthenticatedException ? String.valueOf(cause.getMessage()) : "try later";
        session.send(new ServerMessage.NotAuthenticated(requestId, reason));
        if (!known) {
            held = List.of();
            session.close(CloseCode.NOT_AUTHENTICATED, "not authenticated");
        }
    }

    /** Strangers are not told what this machine is called. */
    private void welcome(boolean whole) {
        welcomed = true;
        if (welcomes) {
            session.send(loop.welcome(session, whole));
        }
    }

    /** The session has lost its rights: nothing is sent after this but why. */
    private void expel(String reason) {
        if (!session.isClosing() && !session.isGone()) {
            session.leaveGroup();
            session.send(new ServerMessage.NotAuthenticated("", reason));
            session.close(CloseCode.NOT_AUTHENTICATED, reason);
        }
    }

    boolean mayHear(Notice notice) {
        return notice.topic() != NoticeTopic.DEVICE_STATE
                || loop.access().mayHearOf().test(principal, notice.subject());
    }

    /** A look now and then: has it taken too long, or has the proof come to its end? */
    void look(long nowMillis) {
        if (!known
                && !checking
                && nowMillis - sinceMillis >= loop.access().patience().toMillis()) {
            expel("nobody said who is there");
        } else if (known && !loop.access().authenticator().isValid(principal)) {
            expel("the token has expired or was withdrawn");
        }
    }
}
