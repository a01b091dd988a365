package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one series, in chunks ordered by time; the oldest chunk goes first.
 *
 * <p>One thread writes, any may read: a reader sees the samples that were there when it came to their chunk, and never
 * half of one. What is published is only appended to; a sample that belongs between others makes a new copy of its
 * chunk.
 */
final class Samples {
    /** A chunk costs this many bytes beside its samples: objects, arrays' headers, a place in a queue. */
    static final int CHUNK_OVERHEAD_BYTES = 128;

    private static final int FIRST_CHUNK = 16;
    private static final int CHUNK = 128;

    final Descriptor descriptor;
    private volatile @Nullable Chunk oldest;
    private volatile @Nullable Chunk newest;

    Samples(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Adds a sample in its place; the same time again replaces the value. Returns the chunk that was begun, or null. */
    @Nullable
    Chunk add(long timeMicros, double value) {
        Chunk last = newest;
        if (last == null) {
            Chunk first = new Chunk(this, FIRST_CHUNK, timeMicros, value);
            oldest = first;
            newest = first;
            return first;
        }
        if (timeMicros <= last.lastMicros()) {
            return insert(last, timeMicros, value);
        }
        if (!last.isFull()) {
            last.append(timeMicros, value);
            return null;
        }
        return follow(last, new Chunk(this, CHUNK, timeMicros, value));
    }

    private Chunk follow(Chunk before, Chunk added) {
        Chunk after = before.next;
        added.previous = before;
        added.next = after;
        if (after == null) {
            newest = added;
        } else {
            after.previous = added;
        }
        before.next = added;
        return added;
    }

    private @Nullable Chunk insert(Chunk last, long timeMicros, double value) {
        for (Chunk chunk = last; chunk != null; chunk = chunk.previous) {
            if (timeMicros >= chunk.firstMicros()) {
                return insertInto(chunk, timeMicros, value);
            }
        }
        // Older than everything that is held: it would be the first to go, so it is not taken.
        return null;
    }

    private @Nullable Chunk insertInto(Chunk chunk, long timeMicros, double value) {
        if (!chunk.isFull() || chunk.holds(timeMicros)) {
            chunk.insert(timeMicros, value);
            return null;
        }
        Chunk half = follow(chunk, chunk.upperHalf());
        chunk.keepLowerHalf();
        (timeMicros >= half.firstMicros() ? half : chunk).insert(timeMicros, value);
        return half;
    }

    /** Lets the oldest chunk go, and returns its bytes. */
    int dropOldest() {
        Chunk dropped = oldest;
        if (dropped == null) {
            return 0;
        }
        Chunk next = dropped.next;
        if (next == null) {
            newest = null;
        } else {
            next.previous = null;
        }
        oldest = next;
        return dropped.bytes();
    }

    boolean isEmpty() {
        return oldest == null;
    }

    /** The time of the oldest sample, or Long.MAX_VALUE if there is none. */
    long firstMicros() {
        Chunk first = oldest;
        return first == null ? Long.MAX_VALUE : first.firstMicros();
    }

    /** The time of the newest sample, or Long.MIN_VALUE if there is none. */
    long lastMicros() {
        Chunk last = newest;
        return last == null ? Long.MIN_VALUE : last.lastMicros();
    }

    /** Hands over samples with from <= time < until, in order of time. */
    void scan(long fromMicros, long untilMicros, Visitor visitor) {
        long doneMicros = fromMicros;
        for (Chunk chunk = oldest; chunk != null; chunk = chunk.next) {
            Columns columns = chunk.columns;
            int size = columns.size;
            if (columns.timesMicros[size - 1] >= doneMicros && columns.timesMicros[0] < untilMicros) {
                columns.scan(doneMicros, untilMicros, size, visitor);
                // A chunk that is split meanwhile shows its upper half again.
                doneMicros = columns.timesMicros[size - 1] + 1;
            }
        }
    }

    interface Visitor {
        void sample(long timeMicros, double value);
    }

    /** What a reader holds of a chunk: samples below {@code size} never change. */
    private static final class Columns {
        private final long[] timesMicros;
        private final double[] values;
        private volatile int size;

        Columns(int capacity) {
            timesMicros = new long[capacity];
            values = new double[capacity];
        }

        void append(long timeMicros, double value) {
            int place = size;
            timesMicros[place] = timeMicros;
            values[place] = value;
            size = place + 1;
        }

        Columns copy(int from, int until, int capacity) {
            Columns copy = new Columns(capacity);
            copyTo(copy, from, until, 0);
            copy.size = until - from;
            return copy;
        }

        private void copyTo(Columns other, int from, int until, int place) {
            System.arraycopy(timesMicros, from, other.timesMicros, place, until - from);
            System.arraycopy(values, from, other.values, place, until - from);
        }

        Columns with(long timeMicros, double value) {
            int at = Arrays.binarySearch(timesMicros, 0, size, timeMicros);
            int place = at >= 0 ? at : -at - 1;
            Columns changed = copy(0, place, timesMicros.length);
            changed.append(timeMicros, value);
            int rest = at >= 0 ? place + 1 : place;
            copyTo(changed, rest, size, place + 1);
            changed.size = place + 1 + size - rest;
            return changed;
        }

        void scan(long fromMicros, long untilMicros, int size, Visitor visitor) {
            int at = Arrays.binarySearch(timesMicros, 0, size, fromMicros);
            for (int i = at >= 0 ? at : -at - 1; i < size && timesMicros[i] < untilMicros; i++) {
                visitor.sample(timesMicros[i], values[i]);
            }
        }
    }

    /** Samples in order of time; never empty. */
    static final class Chunk {
        final Samples owner;
        private volatile Columns columns;
        private volatile @Nullable Chunk next;
        private @Nullable Chunk previous;

        private Chunk(Samples owner, Columns columns) {
            this.owner = owner;
            this.columns = columns;
        }

        Chunk(Samples owner, int capacity, long timeMicros, double value) {
            this(owner, new Columns(capacity));
            columns.append(timeMicros, value);
        }

        int bytes() {
            return columns.timesMicros.length * (Long.BYTES + Double.BYTES) + CHUNK_OVERHEAD_BYTES;
        }

        long firstMicros() {
            return columns.timesMicros[0];
        }

        long lastMicros() {
            return columns.timesMicros[columns.size - 1];
        }

        boolean isFull() {
            return columns.size == columns.timesMicros.length;
        }

        boolean holds(long timeMicros) {
            return Arrays.binarySearch(columns.timesMicros, 0, columns.size, timeMicros) >= 0;
        }

        void append(long timeMicros, double value) {
            columns.append(timeMicros, value);
        }

        void insert(long timeMicros, double value) {
            columns = columns.with(timeMicros, value);
        }

        Chunk upperHalf() {
            return new Chunk(owner, columns.copy(columns.size / 2, columns.size, CHUNK));
        }

        void keepLowerHalf() {
            columns = columns.copy(0, columns.size / 2, columns.timesMicros.length);
        }
    }
}
