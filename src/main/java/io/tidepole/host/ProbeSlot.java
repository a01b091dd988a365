package io.tidepole.host;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A probe with its rhythm and its record of failures.
 *
 * <p>The sampling thread owns the rhythm; the run itself may happen on another thread, one run at a time.
 */
final class ProbeSlot {
    private static final Logger LOG = LoggerFactory.getLogger(ProbeSlot.class);
    private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long HUNG_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final String name;
    private final Probe probe;
    private final Rhythm rhythm;
    private final boolean aside;

    private final AtomicLong failures = new AtomicLong();
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long pauseNanos;
    private volatile long pausedSinceNanos;

    /** 0 before the first turn. */
    private long dueMillis;

    private int turns;
    private long startedNanos;
    private boolean hungReported;

    private ProbeSlot(String name, Probe probe, Rhythm rhythm, boolean aside) {
        this.name = name;
        this.probe = probe;
        this.rhythm = rhythm;
        this.aside = aside;
    }

    /** A probe that is quick and cannot hang. */
    static ProbeSlot quick(String name, Rhythm rhythm, Probe probe) {
        return new ProbeSlot(name, probe, rhythm, false);
    }

    /**
     * A probe that is dear or can hang, and so runs beside the sampling thread. It begins at the first beat, as the
     * program has enough to do while it starts.
     */
    static ProbeSlot aside(String name, Rhythm rhythm, Probe probe) {
        return new ProbeSlot(name, probe, rhythm, true);
    }

    String name() {
        return name;
    }

    boolean runsAside() {
        return aside;
    }

    /** How often it failed since the start. */
    long failures() {
        return failures.get();
    }

    /** When it is due. A due time further away than a period means that the clock was set back: due anew. */
    long dueMillis(long nowMillis) {
        if (dueMillis - nowMillis > 2 * rhythm.periodMillis()) {
            dueMillis = rhythm.nextAfter(nowMillis);
        }
        return dueMillis;
    }

    /**
     * Whether to run it now; if so, it must be {@link #run}. Plans the next beat either way.
     *
     * @param beat the rhythm of the sampler: a rate needs two looks, and the second follows at the first beat
     */
    boolean takeTurn(long nowMillis, long nanos, Rhythm beat) {
        if (aside && dueMillis == 0) {
            dueMillis = beat.nextAfter(nowMillis);
        }
        if (nowMillis < dueMillis(nowMillis)) {
            return false;
        }
        dueMillis = (turns < 1 ? beat : rhythm).nextAfter(nowMillis);
        if (nanos - pausedSinceNanos < pauseNanos) {
            return false;
        }
        if (!running.compareAndSet(false, true)) {
            reportIfHung(nanos);
            return false;
        }
        turns++;
        startedNanos = nanos;
        hungReported = false;
        return true;
    }

    /** Measures. On failure nothing is added, and the next tries come with growing pauses. */
    void run(long nanos, Sample sample) {
        int before = sample.size();
        try {
            probe.measure(nanos, sample);
            succeeded();
        } catch (IOException | RuntimeException | LinkageError problem) {
            sample.truncate(before);
            failed(nanos, problem);
        } finally {
            release();
        }
    }

    /** Gives a turn back without running. */
    void release() {
        running.set(false);
    }

    private void succeeded() {
        if (pauseNanos > 0) {
            LOG.info("Host probe {} works again", name);
            pauseNanos = 0;
        }
    }

    private void failed(long nanos, Throwable problem) {
        failures.incrementAndGet();
        if (pauseNanos == 0) {
            LOG.warn(
                    "Host probe {} failed; its figures are missing until it works again: {}", name, problem.toString());
        }
        pausedSinceNanos = nanos;
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, Math.max(FIRST_PAUSE_NANOS, pauseNanos * 2));
    }

    private void reportIfHung(long nanos) {
        if (!hungReported && nanos - startedNanos > HUNG_NANOS) {
            hungReported = true;
            failures.incrementAndGet();
            LOG.warn("Host probe {} has not answered for 30 s; its figures are missing until it does", name);
        }
    }
}
