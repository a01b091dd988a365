package io.tidepole.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Checks what one viewer receives against what was fed, and takes the time. */
final class Inspector {
    /** How many readings of a series we look through for a value that is not the expected one. */
    private static final int SEARCH = 4096;

    private final FeedClock clock;
    private final int intervalMillis;
    private final boolean newestValues;
    private final boolean keepsUp;
    private final Tally tally;
    private final long[] lastOf;
    private final Map<Long, Integer> seriesOfId = new HashMap<>();
    private long lastSeq = -1;
    private long lastTimeMillis = -1;
    private long resumedNanos = -1;

    /**
     * For one viewer.
     *
     * @param crowd tells what is subscribed to: only newest values can be checked, other statistics are computed
     * @param keepsUp whether its delays count; those of one that pauses are its own
     */
    Inspector(FeedClock clock, Options.Crowd crowd, Tally tally, boolean keepsUp) {
        this.keepsUp = keepsUp;
        this.clock = clock;
        this.intervalMillis = crowd.intervalMillis();
        newestValues = crowd.stat().equals("last");
        this.tally = tally;
        lastOf = new long[clock.plan().series()];
        Arrays.fill(lastOf, -1);
    }

    /** The viewer reads again. */
    void resume(long nowNanos) {
        resumedNanos = nowNanos;
    }

    /** Takes any message; an update of a window that was sent before corrects it with readings that came late. */
    void accept(Message message, long nowNanos) {
        message.named.forEach(named -> seriesOfId.put(named.id(), named.series()));
        if (!message.type.equals("metric.update")) {
            return;
        }
        if (message.seq >= 0) {
            sequence(message);
        }
        boolean columns = message.count > 0;
        if (intervalMillis > 0 && message.time < lastTimeMillis + (columns ? 1 : 0)) {
            tally.repeated++;
            return;
        }
        lastTimeMillis = message.time;
        if (columns) {
            for (int i = 0; i < message.count; i++) {
                value(seriesOfId.getOrDefault(message.ids[i], -1), message.values[i], message, nowNanos);
            }
        } else {
            value(message.series, message.value, message, nowNanos);
        }
        if (intervalMillis > 0) {
            late(clock.nanosOfEpochMillis(message.time), nowNanos);
        }
    }

    private void sequence(Message message) {
        if (lastSeq >= 0 && message.seq != lastSeq + 1 && !message.merged) {
            tally.lost += Math.max(1, message.seq - lastSeq - 1);
            tally.trouble("seq jumped without a catch-up");
        }
        lastSeq = message.seq;
    }

    private void value(int series, double value, Message message, long nowNanos) {
        if (series < 0 || series >= lastOf.length || !newestValues || !clock.feeding()) {
            return;
        }
        long number = find(series, value, nowNanos);
        if (number < 0) {
            return;
        }
        skipped(series, number, message);
        lastOf[series] = number;
        if (intervalMillis == 0) {
            late(clock.dueNanos(number), nowNanos);
        }
    }

    /** The number of the reading that has this value and is newer than the last one seen, or -1. */
    private long find(int series, double value, long nowNanos) {
        long newest = clock.dueCount(nowNanos);
        long number = clock.plan().sensor() ? search(series, value, newest) : (long) value;
        boolean newer = number > lastOf[series] && number < newest;
        if (newer && clock.plan().seriesOf(number) == series && clock.plan().value(number) == value) {
            return number;
        }
        if (lastOf[series] >= 0 && clock.plan().value(lastOf[series]) == value) {
            tally.repeated++;
        } else {
            tally.wrong++;
            tally.trouble("a value that was not fed, or not in this order");
        }
        return -1;
    }

    private long search(int series, double value, long newest) {
        int step = clock.plan().series();
        long last = lastOf[series];
        long first = last >= 0 ? last + step : newest - 1 - Math.floorMod(newest - 1 - series, (long) step);
        int direction = last >= 0 ? step : -step;
        long number = first;
        for (int i = 0; i < SEARCH && number >= 0 && number < newest; i++) {
            if (clock.plan().value(number) == value) {
                return number;
            }
            number += direction;
        }
        return -1;
    }

    private void skipped(int series, long number, Message message) {
        long last = lastOf[series];
        long between = last < 0 ? 0 : (number - last) / lastOf.length - 1;
        if (message.merged) {
            tally.merged += between;
        } else if (intervalMillis == 0 && between > 0) {
            tally.lost += between;
            tally.trouble("readings missing between two messages");
        }
    }

    private void late(long dueNanos, long nowNanos) {
        if (keepsUp) {
            tally.record(tally.latency, nowNanos - dueNanos);
        }
        if (resumedNanos >= 0 && dueNanos >= resumedNanos - intervalMillis * 1_000_000L) {
            tally.record(tally.resumed, nowNanos - resumedNanos);
            resumedNanos = -1;
        }
    }
}
