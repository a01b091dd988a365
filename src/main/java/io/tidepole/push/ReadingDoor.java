package io.tidepole.push;

import io.tidepole.auth.Principal;
import io.vertx.core.Future;
import java.util.concurrent.Executor;

/** Takes readings that come over a WebSocket. What stands behind it is no business of this room. */
public interface ReadingDoor {
    /** Takes none: this server has viewers only. */
    ReadingDoor NONE = turn -> new OnLoop() {
        @Override
        public boolean takes(byte[] bytes, int length) {
            return false;
        }

        @Override
        public Future<byte[]> message(String address, Principal principal, byte[] bytes, int length) {
            throw new IllegalStateException("nothing was taken");
        }
    };

    /** The door for the connections of one event loop, used on it alone; turn runs a task on it a little later. */
    OnLoop onLoop(Executor turn);

    /** The door as one event loop uses it. */
    interface OnLoop {
        /** Whether a text message brings readings. */
        boolean takes(byte[] bytes, int length);

        /**
         * Takes a message; the bytes are free again when this returns. Yields the answer to send, empty for none.
         *
         * @param address of the sender, without a port
         * @param principal who the sender is
         */
        Future<byte[]> message(String address, Principal principal, byte[] bytes, int length);
    }
}
