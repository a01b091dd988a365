package io.tidepole.ingest;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Where readings go out in batches. Small messages on one event loop share one, which goes out at the end of the loop's
 * turn: a batch a reading would cost more than all the rest. Belongs to its event loop.
 */
final class Outlet {
    private static final int SHARED_CAPACITY = 64;

    private final Intake intake;
    private final @Nullable Executor turn;
    private final int expected;
    private @Nullable Outgoing open;

    private Outlet(Intake intake, @Nullable Executor turn, int expected) {
        this.intake = intake;
        this.turn = turn;
        this.expected = expected;
    }

    /** For one submission of about so many readings. */
    static Outlet own(Intake intake, int expected) {
        return new Outlet(intake, null, expected);
    }

    /** For all submissions on one event loop; the executor runs at the end of its turn. */
    static Outlet shared(Intake intake, Executor turn) {
        return new Outlet(intake, turn, SHARED_CAPACITY);
    }

    Outgoing current() {
        Outgoing current = open;
        if (current != null && current.isFull()) {
            flush();
            current = null;
        }
        if (current == null) {
            current = new Outgoing(intake, expected);
            open = current;
            if (turn != null) {
                turn.execute(this::flush);
            }
        }
        return current;
    }

    /** The end of a submission. */
    void ended() {
        if (turn == null) {
            flush();
        }
    }

    void flush() {
        Outgoing due = open;
        if (due != null) {
            open = null;
            due.publish(turn == null ? Runnable::run : turn);
        }
    }
}
