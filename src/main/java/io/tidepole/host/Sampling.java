package io.tidepole.host;

import io.tidepole.metric.ReadingBatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the probes that are due and hands on what they find: the quick ones together as one batch, each of those that
 * run aside as a batch of its own when it has an answer.
 */
final class Sampling {
    private static final Logger LOG = LoggerFactory.getLogger(Sampling.class);
    private static final long LONGEST_WAIT_MICROS = TimeUnit.SECONDS.toMicros(60);

    private final List<ProbeSlot> slots;
    private final Rhythm beat;
    private final Executor aside;
    private final Consumer<ReadingBatch> readings;
    private final LongSupplier clockMicros;
    private final LongSupplier nanoClock;
    private final Sample sample = new Sample();

    /**
     * @param beat the rhythm of the windows
     * @param aside runs a task for each probe that may hang; bounded, as a probe has at most one run at a time
     * @param clockMicros the wall clock, microseconds since the epoch
     * @param nanoClock the monotonic clock
     */
    Sampling(
            List<ProbeSlot> slots,
            Rhythm beat,
            Executor aside,
            Consumer<ReadingBatch> readings,
            LongSupplier clockMicros,
            LongSupplier nanoClock) {
        this.slots = List.copyOf(slots);
        this.beat = beat;
        this.aside = aside;
        this.readings = readings;
        this.clockMicros = clockMicros;
        this.nanoClock = nanoClock;
    }

    /** Runs what is due now. */
    void runDue() {
        long nowMicros = clockMicros.getAsLong();
        for (ProbeSlot slot : slots) {
            long nanos = nanoClock.getAsLong();
            if (slot.takeTurn(nowMicros / 1000, nanos, beat)) {
                if (slot.runsAside()) {
                    startAside(slot);
                } else {
                    slot.run(nanos, sample);
                }
            }
        }
        if (sample.size() > 0) {
            deliver(sample.drain(nowMicros));
        }
    }

    /** How long until a probe is due, in microseconds; at most a minute, as the clock may be set in between. */
    long waitMicros() {
        long nowMicros = clockMicros.getAsLong();
        long wait = LONGEST_WAIT_MICROS;
        for (ProbeSlot slot : slots) {
            wait = Math.min(wait, slot.dueMillis(nowMicros / 1000) * 1000 - nowMicros);
        }
        return Math.max(0, wait);
    }

    /** How often each probe failed; those that never did are left out. */
    Map<String, Long> failures() {
        Map<String, Long> failures = new TreeMap<>();
        for (ProbeSlot slot : slots) {
            if (slot.failures() > 0) {
                failures.put(slot.name(), slot.failures());
            }
        }
        return failures;
    }

    private void startAside(ProbeSlot slot) {
        try {
            aside.execute(() -> runAside(slot));
        } catch (RejectedExecutionException stopping) {
            slot.release();
        }
    }

    private void runAside(ProbeSlot slot) {
        Sample own = new Sample();
        slot.run(nanoClock.getAsLong(), own);
        if (own.size() > 0) {
            deliver(own.drain(clockMicros.getAsLong()));
        }
    }

    /** A consumer that fails costs one batch, not the thread. */
    private void deliver(ReadingBatch batch) {
        try {
            readings.accept(batch);
        } catch (RuntimeException problem) {
            LOG.error("A sample of this machine was lost", problem);
        }
    }
}
