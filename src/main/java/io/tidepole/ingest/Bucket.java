package io.tidepole.ingest;

/** A token bucket: so many a second, and twice that at once. Safe for any thread. */
final class Bucket {
    private static final double BURST_SECONDS = 2;

    private final double perMicro;
    private final double capacity;
    private double tokens;
    private long filledMicros;

    Bucket(int perSecond, long nowMicros) {
        perMicro = perSecond / 1e6;
        capacity = perSecond * BURST_SECONDS;
        tokens = capacity;
        filledMicros = nowMicros;
    }

    /** Takes as many if there are that many. */
    synchronized boolean take(int count, long nowMicros) {
        fill(nowMicros);
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** Takes as many even if that leaves a debt. */
    synchronized void owe(int count, long nowMicros) {
        fill(nowMicros);
        tokens -= count;
    }

    /** Microseconds until there are tokens again; 0 if there are some. */
    synchronized long waitMicros(long nowMicros) {
        fill(nowMicros);
        return tokens >= 1 ? 0 : (long) ((1 - tokens) / perMicro) + 1;
    }

    synchronized boolean isFull(long nowMicros) {
        fill(nowMicros);
        return tokens >= capacity;
    }

    private void fill(long nowMicros) {
        if (nowMicros > filledMicros) {
            tokens = Math.min(capacity, tokens + (double) (nowMicros - filledMicros) * perMicro);
            filledMicros = nowMicros;
        }
    }
}
