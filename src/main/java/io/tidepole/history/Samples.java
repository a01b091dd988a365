package io.tidepole.history;

import io.tidepole.metric.Descriptor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The samples of one series, in chunks ordered by time; the oldest chunk goes first. */
final class Samples {
    /** A chunk costs this many bytes beside its samples: arrays, object, places in two queues. */
    static final int CHUNK_OVERHEAD_BYTES = 96;

    private static final int FIRST_CHUNK = 16;
    private static final int CHUNK = 128;

    final Descriptor descriptor;
    private final Deque<Chunk> chunks = new ArrayDeque<>();

    Samples(Descriptor descriptor) {
        this.descriptor = descriptor;
    }

    /** Adds a sample in its place; the same time again replaces the value. Returns the chunk that was begun, or null. */
    @org.jspecify.annotations.Nullable
    Chunk add(long timeMicros, double value) {
        Chunk newest = chunks.peekLast();
        if (newest != null && timeMicros <= newest.lastMicros()) {
            insert(timeMicros, value);
            return null;
        }
        if (newest != null && !newest.isFull()) {
            newest.append(timeMicros, value);
            return null;
        }
        Chunk begun = new Chunk(this, newest == null ? FIRST_CHUNK : CHUNK);
        begun.append(timeMicros, value);
        chunks.addLast(begun);
        return begun;
    }

    private void insert(long timeMicros, double value) {
        for (var chunkIterator = chunks.descendingIterator(); chunkIterator.hasNext(); ) {
            Chunk chunk = chunkIterator.next();
            if (timeMicros >= chunk.timesMicros[0]) {
                chunk.insert(timeMicros, value);
                return;
            }
        }
        // Older than everything that is held: it would be the first to go, so it is not taken.
    }

    void dropOldest() {
        chunks.removeFirst();
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** Hands over samples with from <= time < until, in order of time. */
    void scan(long fromMicros, long untilMicros, Visitor visitor) {
        for (Chunk chunk : chunks) {
            if (chunk.lastMicros() >= fromMicros && chunk.timesMicros[0] < untilMicros) {
                chunk.scan(fromMicros, untilMicros, visitor);
            }
        }
    }

    interface Visitor {
        void sample(long timeMicros, double value);
    }

    /** Samples in order of time. */
    static final class Chunk {
        final Samples owner;
        private long[] timesMicros;
        private double[] values;
        private int size;

        Chunk(Samples owner, int capacity) {
            this.owner = owner;
            timesMicros = new long[capacity];
            values = new double[capacity];
        }

        int bytes() {
            return timesMicros.length * (Long.BYTES + Double.BYTES) + CHUNK_OVERHEAD_BYTES;
        }

        long lastMicros() {
            return timesMicros[size - 1];
        }

        boolean isFull() {
            return size == timesMicros.length;
        }

        void append(long timeMicros, double value) {
            timesMicros[size] = timeMicros;
            values[size++] = value;
        }

        void insert(long timeMicros, double value) {
            int at = Arrays.binarySearch(timesMicros, 0, size, timeMicros);
            if (at >= 0) {
                values[at] = value;
                return;
            }
            int place = -at - 1;
            if (isFull()) {
                timesMicros = Arrays.copyOf(timesMicros, size + FIRST_CHUNK);
                values = Arrays.copyOf(values, size + FIRST_CHUNK);
            }
            System.arraycopy(timesMicros, place, timesMicros, place + 1, size - place);
            System.arraycopy(values, place, values, place + 1, size - place);
            timesMicros[place] = timeMicros;
            values[place] = value;
            size++;
        }

        private void scan(long fromMicros, long untilMicros, Visitor visitor) {
            int at = Arrays.binarySearch(timesMicros, 0, size, fromMicros);
            for (int i = at >= 0 ? at : -at - 1; i < size && timesMicros[i] < untilMicros; i++) {
                visitor.sample(timesMicros[i], values[i]);
            }
        }
    }
}
