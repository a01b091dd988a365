package io.tidepole.ingest;

import java.util.concurrent.ConcurrentHashMap;

/** A bucket for each address; those that are full again are forgotten. Safe for any thread. */
final class Buckets {
    private static final int SWEEP_AT = 16_384;

    private final int perSecond;
    private final ConcurrentHashMap<String, Bucket> byAddress = new ConcurrentHashMap<>();

    Buckets(int perSecond) {
        this.perSecond = perSecond;
    }

    Bucket of(String address, long nowMicros) {
        Bucket known = byAddress.get(address);
        if (known != null) {
            return known;
        }
        if (byAddress.size() >= SWEEP_AT) {
            byAddress.values().removeIf(bucket -> bucket.isFull(nowMicros));
        }
        return byAddress.computeIfAbsent(address, unknown -> new Bucket(perSecond, nowMicros));
    }
}
