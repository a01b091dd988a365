package io.tidepole.history;

/** A disk that takes its time, under a history that runs. */
public final class SlowDisk {
    private SlowDisk() {}

    /** Has this done before each commit from now on. */
    public static void delay(History history, Runnable delay) {
        history.store().orElseThrow().beforeEachCommit(delay);
    }
}
