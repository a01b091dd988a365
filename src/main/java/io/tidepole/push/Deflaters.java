package io.tidepole.push;

import org.jspecify.annotations.Nullable;

/** Hands out shared windows, at most so many at a time: each holds a quarter of a megabyte outside the heap. */
final class Deflaters {
    private final boolean enabled;
    private final int level;
    private final int max;
    private final int epochMinFrames;
    private int inUse;
    private int lastNumber;
    private @Nullable Alone alone;

    Deflaters(boolean enabled, int level, int max, int epochMinFrames) {
        this.enabled = enabled;
        this.level = level;
        this.max = max;
        this.epochMinFrames = epochMinFrames;
    }

    /** A window that nobody else uses, or null if there are no more: the group goes without. */
    @Nullable
    SharedWindow acquire() {
        if (!enabled || inUse >= max) {
            return null;
        }
        inUse++;
        return new SharedWindow(++lastNumber, level, epochMinFrames);
    }

    void release(SharedWindow window) {
        window.close();
        inUse--;
    }

    /** The deflater for messages that stand alone; one for all groups, as it keeps nothing between messages. */
    @Nullable
    Alone alone() {
        if (alone == null && enabled) {
            alone = new Alone(level);
        }
        return alone;
    }

    int inUse() {
        return inUse;
    }

    void close() {
        if (alone != null) {
            alone.close();
            alone = null;
        }
    }
}
