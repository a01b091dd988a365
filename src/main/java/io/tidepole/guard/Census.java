package io.tidepole.guard;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** How many connections there are, in all and of each address; of IPv6 what shares 64 bits counts as one. Safe for any thread. */
final class Census {
    private final int max;
    private final int perAddress;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentMap<String, Integer> ofAddress = new ConcurrentHashMap<>();

    Census(int max, int perAddress) {
        this.max = max;
        this.perAddress = perAddress;
    }

    /** One more, if there is room in all. */
    boolean enter() {
        if (all.incrementAndGet() > max) {
            all.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        all.decrementAndGet();
    }

    int size() {
        return all.get();
    }

    /** One more of this address, if it has room; an address that has no limit is not kept. */
    boolean enter(String address) {
        if (!isCounted(address)) {
            return true;
        }
        int[] now = new int[1];
        ofAddress.compute(Network.site(address), (same, count) -> {
            int held = count == null ? 0 : count;
            now[0] = held < perAddress ? held + 1 : -1;
            return now[0] < 0 ? held : now[0];
        });
        return now[0] > 0;
    }

    void leave(String address) {
        if (isCounted(address)) {
            ofAddress.computeIfPresent(Network.site(address), (same, count) -> count > 1 ? count - 1 : null);
        }
    }

    private boolean isCounted(String address) {
        return perAddress > 0
                && Network.address(address)
                        .filter(found -> !found.isLoopbackAddress())
                        .isPresent();
    }
}
