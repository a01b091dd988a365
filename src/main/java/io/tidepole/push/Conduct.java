package io.tidepole.push;

import io.tidepole.config.RatesConfig;
import io.tidepole.guard.Throttle;
import io.tidepole.protocol.ClientCodec;
import io.tidepole.protocol.CloseCode;
import io.tidepole.protocol.ServerMessage;
import java.util.function.Supplier;

/**
 * How one connection behaves. A request too many is refused with an error that says when to ask again, at most one a
 * second for those that have no id; a connection that goes on all the same is closed. One that sends too many bytes is
 * not read for a while.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a pause needs no answer
final class Conduct {
    private static final int ABUSE_REFUSALS = 200;
    private static final long FORGIVEN_AFTER_MILLIS = 10_000;
    private static final long TOLD_EVERY_MILLIS = 1_000;

    private final PushLoop loop;
    private final Session session;
    private final Throttle messages;
    private final Throttle bytes;
    private final Throttle subscribes;
    private boolean paused;
    private int refusals;
    private long refusedMillis;
    private long toldMillis;

    Conduct(PushLoop loop, Session session) {
        this.loop = loop;
        this.session = session;
        RatesConfig rates = loop.rates();
        messages = new Throttle(rates.messages(), loop.nowMillis());
        bytes = new Throttle(rates.bytes(), loop.nowMillis());
        subscribes = new Throttle(rates.subscribes(), loop.nowMillis());
    }

    void received(int count) {
        long pauseMillis = bytes.owe(count, loop.nowMillis());
        if (pauseMillis > 0 && !paused) {
            paused = true;
            session.dialogue.readAsFits();
            loop.later(pauseMillis, () -> {
                paused = false;
                session.dialogue.readAsFits();
            });
        }
    }

    /** Whether the socket is not to be read. */
    boolean isPaused() {
        return paused;
    }

    /** Whether one more request may be served: this one, which is refused by its own id. */
    boolean mayAsk(byte[] bytes, int length) {
        return judge(messages.take(loop.nowMillis()), () -> ClientCodec.requestId(bytes, 0, length));
    }

    /** Whether one more ping may be answered. */
    boolean mayPing() {
        return judge(messages.take(loop.nowMillis()), () -> "");
    }

    boolean maySubscribe(String requestId) {
        return judge(subscribes.take(loop.nowMillis()), () -> requestId);
    }

    private boolean judge(long waitMillis, Supplier<String> requestId) {
        if (waitMillis > 0) {
            refuse(waitMillis, requestId.get(), loop.nowMillis());
        }
        return waitMillis == 0;
    }

    private void refuse(long waitMillis, String requestId, long nowMillis) {
        if (nowMillis - refusedMillis > FORGIVEN_AFTER_MILLIS) {
            refusals = 0;
        }
        refusedMillis = nowMillis;
        if (++refusals > ABUSE_REFUSALS) {
            session.close(CloseCode.RATE_LIMITED, "too many requests");
        } else if (!requestId.isEmpty() || nowMillis - toldMillis >= TOLD_EVERY_MILLIS) {
            toldMillis = nowMillis;
            session.send(new ServerMessage.Limited(requestId, waitMillis));
        }
    }
}
