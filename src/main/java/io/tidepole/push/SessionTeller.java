package io.tidepole.push;

import io.tidepole.protocol.ServerMessage;

/** Tells a session what waits for it. */
record SessionTeller(Session session) implements Listening.Teller {
    @Override
    public boolean isReady() {
        return session.outbox.takesUpdates();
    }

    @Override
    public void tell(byte[] json) {
        session.answer(json);
    }

    @Override
    public void missed(ServerMessage.Missed missed) {
        session.send(missed);
    }
}
