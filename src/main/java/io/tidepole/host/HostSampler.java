package io.tidepole.host;

import io.tidepole.config.HostConfig;
import io.tidepole.metric.ReadingBatch;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Samples this machine on a thread of its own and hands on a batch of readings at each beat.
 *
 * <p>Starting waits for nothing: the first readings come when the machine has answered. Probes that are dear or can hang
 * run on further threads, at most one each, and each hands on a batch of its own.
 */
public final class HostSampler extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HostSampler.class);
    private static final String THREAD_NAME = "tidepole-host";
    private static final int MOST_ASIDE = 16;
    private static final long IDLE_SECONDS = 30;
    private static final long INFO_MILLIS = 60_000;

    private final HostConfig config;
    private final Rhythm beat;
    private final Consumer<ReadingBatch> readings;
    private final LongSupplier clockMicros;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Promise<Void> stopped = Promise.promise();
    private volatile HostInfo info;
    private volatile Optional<Running> running = Optional.empty();

    /**
     * @param config how often, and under which name; a sampler that is not enabled starts and does nothing
     * @param readings takes the batches, on threads of this sampler
     * @param clockMicros the clock that windows are cut by, microseconds since the epoch; called by these threads too
     */
    public HostSampler(HostConfig config, Consumer<ReadingBatch> readings, LongSupplier clockMicros) {
        this.config = config;
        this.beat = Rhythm.inWindowsOf(config.interval().toMillis());
        this.readings = readings;
        this.clockMicros = clockMicros;
        this.info = HostInfo.ofJvm(config.name().isEmpty() ? HostName.find() : config.name());
    }

    /** What this machine is. Safe to call from any thread; only the name is sure until the machine has answered. */
    public HostInfo info() {
        return info;
    }

    /** The processes that use most. Safe to call from any thread. */
    public ProcessSnapshot processes() {
        return running.map(each -> each.processes.snapshot()).orElse(ProcessSnapshot.NONE);
    }

    /** How often each probe failed since the start; those that never did are left out. Safe to call from any thread. */
    public Map<String, Long> failures() {
        return running.map(each -> each.sampling.failures()).orElse(Map.of());
    }

    @Override
    public Future<?> start() {
        if (!config.enabled()) {
            stopped.complete();
            return Future.succeededFuture();
        }
        Thread thread = new Thread(this::sample, THREAD_NAME);
        thread.setDaemon(true);
        thread.start();
        return Future.succeededFuture();
    }

    /** Completes when the sampling thread has ended. One that hangs aside is left behind. */
    @Override
    public Future<?> stop() {
        stopping.countDown();
        return stopped.future();
    }

    private void sample() {
        ExecutorService aside = asideThreads();
        try {
            Sampling sampling = open(System.getProperty("os.name", ""), aside);
            do {
                sampling.runDue();
            } while (!stopping.await(sampling.waitMicros(), TimeUnit.MICROSECONDS));
        } catch (InterruptedException | RuntimeException | LinkageError problem) {
            LOG.error("This machine is not sampled any more", problem);
        } finally {
            aside.shutdown();
            stopped.complete();
        }
    }

    private Sampling open(String osName, ExecutorService aside) {
        Machine machine = osName.equals("Linux") ? new LinuxMachine() : OshiMachine.nativeCalls();
        HostSeries series = new HostSeries(info.name());
        ProcessProbe processes = new ProcessProbe(series, machine::processes, machine::userOf, clockMicros);
        List<ProbeSlot> slots = new ArrayList<>(HostProbes.of(
                machine, series, processes, beat, config.processInterval().toMillis()));
        slots.add(ProbeSlot.aside(
                "host", beat.every(INFO_MILLIS, 5), (nanos, sample) -> info = machine.info(series.host())));
        Sampling sampling = new Sampling(slots, beat, aside, readings, clockMicros, System::nanoTime);
        running = Optional.of(new Running(sampling, processes));
        return sampling;
    }

    private static ExecutorService asideThreads() {
        return new ThreadPoolExecutor(0, MOST_ASIDE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
            Thread thread = new Thread(task, THREAD_NAME + "-aside");
            thread.setDaemon(true);
            return thread;
        });
    }

    private record Running(Sampling sampling, ProcessProbe processes) {}
}
