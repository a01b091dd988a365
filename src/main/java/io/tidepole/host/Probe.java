package io.tidepole.host;

import java.io.IOException;

/** Measures one aspect of the machine. Called by one thread at a time. */
@FunctionalInterface
interface Probe {
    /**
     * Adds what it finds.
     *
     * @param nanos now, on the monotonic clock: what rates are computed over
     */
    void measure(long nanos, Sample sample) throws IOException;
}
