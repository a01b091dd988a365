package io.tidepole.push;

import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The newest catch-up of a group on one loop, for all who missed the same. When the loop itself was late that is
 * everyone, and a catch-up made for each would keep it late.
 */
final class SharedCatchUp {
    private record Made(
            long upToBundle, long afterBundle, int knownSlots, long sinceMillis, BitSet dirty, List<byte[]> frames) {}

    private @Nullable Made last;

    /** The frames for one who missed what came after a bundle, up to another; made only if the last ones do not fit. */
    List<byte[]> frames(
            long upToBundle,
            long afterBundle,
            int knownSlots,
            long sinceMillis,
            BitSet dirty,
            Supplier<List<byte[]>> made) {
        Made known = last;
        if (known == null
                || known.upToBundle != upToBundle
                || known.afterBundle != afterBundle
                || known.knownSlots != knownSlots
                || known.sinceMillis != sinceMillis
                || !known.dirty.equals(dirty)) {
            known = new Made(upToBundle, afterBundle, knownSlots, sinceMillis, (BitSet) dirty.clone(), made.get());
            last = known;
        }
        return known.frames;
    }

    void clear() {
        last = null;
    }
}
