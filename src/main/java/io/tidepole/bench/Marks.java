package io.tidepole.bench;

import java.util.OptionalLong;

/** The moments of a run at which all counters were read, and what was seen between them. */
final class Marks {
    private final long memoryBaseBytes;
    private final int memoryBaseViewers;
    private final Snapshot connected;
    private Snapshot begin;
    private Snapshot end;
    private Snapshot last;
    private Census.Count census = new Census.Count(false, 0, 0, 0, 0);
    private long peakResidentBytes;
    private long mostBehind;
    private long expectedBehind = Long.MAX_VALUE;
    private long expectedSinceNanos;
    private double allBehindSeconds = -1;
    private long fed;
    private long refused;
    private String feedTrouble = "";

    /**
     * Begins.
     *
     * @param memoryBaseBytes of the server, when there were {@code memoryBaseViewers}
     * @param connected when all viewers were there
     */
    Marks(long memoryBaseBytes, int memoryBaseViewers, Snapshot connected) {
        this.memoryBaseBytes = memoryBaseBytes;
        this.memoryBaseViewers = memoryBaseViewers;
        this.connected = connected;
        begin = connected;
        end = connected;
        last = connected;
    }

    void begin(Snapshot snapshot) {
        begin = snapshot;
        peakResidentBytes = snapshot.serverResidentBytes();
    }

    /** A look once a second. */
    void each(Snapshot snapshot, OptionalLong behind) {
        peakResidentBytes = Math.max(peakResidentBytes, snapshot.serverResidentBytes());
        mostBehind = Math.max(mostBehind, behind.orElse(0));
        if (allBehindSeconds < 0 && behind.orElse(0) >= expectedBehind) {
            allBehindSeconds = (System.nanoTime() - expectedSinceNanos) / 1e9;
        }
    }

    /** From now on so many should be seen as behind. */
    void expectBehind(int viewers) {
        expectedBehind = viewers;
        expectedSinceNanos = System.nanoTime();
    }

    void end(Snapshot snapshot) {
        end = snapshot;
        peakResidentBytes = Math.max(peakResidentBytes, snapshot.serverResidentBytes());
    }

    void fed(Feed feed) {
        fed = feed.sent();
        refused = feed.refused();
        feedTrouble = feed.trouble();
    }

    void over(Snapshot snapshot, Census.Count count) {
        last = snapshot;
        census = count;
    }

    long memoryBaseBytes() {
        return memoryBaseBytes;
    }

    int memoryBaseViewers() {
        return memoryBaseViewers;
    }

    Snapshot connected() {
        return connected;
    }

    Snapshot begin() {
        return begin;
    }

    Snapshot end() {
        return end;
    }

    /** After the feed has ended and all has arrived. */
    Snapshot last() {
        return last;
    }

    Census.Count census() {
        return census;
    }

    long peakResidentBytes() {
        return peakResidentBytes;
    }

    long mostBehind() {
        return mostBehind;
    }

    /** Since those that pause did so; negative if they were never all seen as behind. */
    double allBehindSeconds() {
        return allBehindSeconds;
    }

    long fed() {
        return fed;
    }

    long refused() {
        return refused;
    }

    String feedTrouble() {
        return feedTrouble;
    }
}
