package io.tidepole.guard;

/** A token bucket: so many a second, and twice that at once. Belongs to one thread. */
public final class Throttle {
    private static final double BURST_SECONDS = 2;

    private final double perMilli;
    private final double capacity;
    private double tokens;
    private long filledMillis;

    public Throttle(double perSecond, long nowMillis) {
        this.perMilli = perSecond / 1_000;
        this.capacity = Math.max(1, perSecond * BURST_SECONDS);
        this.tokens = capacity;
        this.filledMillis = nowMillis;
    }

    /** Takes as many, even if that leaves a debt, and says for how many milliseconds there will be one. */
    public long owe(double count, long nowMillis) {
        fill(nowMillis);
        tokens -= count;
        return waitMillis(0);
    }

    /** Takes one: 0; or the milliseconds until there is one. */
    public long take(long nowMillis) {
        fill(nowMillis);
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return waitMillis(1);
    }

    private long waitMillis(double wanted) {
        return tokens >= wanted ? 0 : (long) Math.ceil((wanted - tokens) / perMilli);
    }

    private void fill(long nowMillis) {
        if (nowMillis > filledMillis) {
            tokens = Math.min(capacity, tokens + (nowMillis - filledMillis) * perMilli);
            filledMillis = nowMillis;
        }
    }
}
