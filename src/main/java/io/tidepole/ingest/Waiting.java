package io.tidepole.ingest;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of request bodies that are held at present, over all senders. Safe for any thread. */
final class Waiting {
    private final long maxBytes;
    private final AtomicLong bytes = new AtomicLong();

    Waiting(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** One body's share, to be given back once. */
    final class Share {
        private long held;

        /** Whether so many more bytes may be held. */
        boolean take(long more) {
            if (bytes.addAndGet(more) > maxBytes) {
                bytes.addAndGet(-more);
                return false;
            }
            held += more;
            return true;
        }

        void giveBack() {
            bytes.addAndGet(-held);
            held = 0;
        }
    }

    Share share() {
        return new Share();
    }

    long bytes() {
        return bytes.get();
    }
}
