package io.tidepole.demo;

import java.io.IOException;
import java.util.List;

/** A way into a server. Used by one thread. */
interface Door extends AutoCloseable {
    /** How long a server may take for an answer. */
    int PATIENCE_SECONDS = 10;

    /**
     * What became of samples.
     *
     * @param accepted how many the server took
     * @param trouble why it did not take the others; empty if it took all
     */
    record Outcome(int accepted, String trouble) {}

    /** Sends them, and waits for what the server says. Throws an IOException if it cannot be reached. */
    Outcome send(List<Sample> samples) throws IOException, InterruptedException;

    @Override
    void close();
}
