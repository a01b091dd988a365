package io.tidepole.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** Figures about ourselves: for Prometheus, and as plain numbers. */
public final class SelfMetrics {
    private static final int KEPT_SECONDS = 60;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Supplier<Counts> counts;
    private final Deque<Counts> seconds = new ArrayDeque<>();
    private volatile Rates rates = new Rates(0, 0, 0);

    /**
     * What changed lately.
     *
     * @param messagesPerSecond over the last ten seconds
     * @param averageMessageBytes over the last ten seconds
     * @param disconnectsPerMinute over the last minute
     */
    public record Rates(double messagesPerSecond, double averageMessageBytes, double disconnectsPerMinute) {}

    /** Figures from these counts, which are asked for every second and at every scrape. */
    public SelfMetrics(Supplier<Counts> counts) {
        this.counts = counts;
        gauge("tidepole.viewers", Counts::viewers);
        gauge("tidepole.viewers.behind", Counts::behind);
        gauge("tidepole.viewers.held.most.bytes", Counts::mostHeldBytes);
        gauge("tidepole.groups", Counts::groups);
        gauge("tidepole.series", Counts::series);
        gauge("tidepole.history.memory.bytes", Counts::historyBytes);
        gauge("tidepole.history.disk.bytes", counted -> counted.disk().bytes());
        gauge("tidepole.history.days", counted -> counted.disk().days());
        gauge("tidepole.history.waiting", counted -> counted.disk().waiting());
        gauge("tidepole.history.unsealed", counted -> counted.disk().unsealed());
        gauge("tidepole.history.commit.millis", counted -> counted.disk().commitMillis());
        counter("tidepole.history.commits", counted -> counted.disk().commits());
        counter("tidepole.history.readings", counted -> counted.disk().readings());
        counter("tidepole.history.unkept", counted -> counted.disk().unkept());
        counter("tidepole.deliveries", Counts::deliveries);
        counter("tidepole.delivered.bytes", Counts::deliveredBytes);
        counter("tidepole.disconnects", Counts::connectionsEnded);
        counter("tidepole.catchups", Counts::catchUps);
        counter("tidepole.viewers.too.slow", Counts::tooSlow);
        counter("tidepole.viewers.dead", Counts::dead);
        counter("tidepole.readings.late", Counts::lateReadings);
        counter("tidepole.readings.duplicate", Counts::duplicateReadings);
        counter("tidepole.readings.doubtful", Counts::doubtfulReadings);
        counter("tidepole.readings.refused", Counts::refusedReadings);
    }

    private void gauge(String name, ToDoubleFunction<Counts> value) {
        Gauge.builder(name, counts, supplier -> value.applyAsDouble(supplier.get()))
                .register(registry);
    }

    private void counter(String name, ToDoubleFunction<Counts> value) {
        FunctionCounter.builder(name, counts, supplier -> value.applyAsDouble(supplier.get()))
                .register(registry);
    }

    /** Adds what the JVM says of itself; takes a moment, so call it beside the start. */
    public void bindJvm() {
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        gc.bindTo(registry);
    }

    /** The registry, for Vert.x's own measures. */
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Everything in Prometheus text format. May take some milliseconds: not on an event loop. */
    public String scrape() {
        return registry.scrape();
    }

    /** Call once a second, always from the same thread. */
    public void everySecond() {
        Counts now = counts.get();
        seconds.addLast(now);
        if (seconds.size() > KEPT_SECONDS + 1) {
            seconds.removeFirst();
        }
        Counts minuteAgo = seconds.getFirst();
        Counts before = seconds.stream()
                .skip(Math.max(0, seconds.size() - 11))
                .findFirst()
                .orElse(now);
        int elapsed = Math.max(1, Math.min(10, seconds.size() - 1));
        long messages = now.deliveries() - before.deliveries();
        long bytes = now.deliveredBytes() - before.deliveredBytes();
        rates = new Rates(
                (double) messages / elapsed,
                messages == 0 ? 0 : (double) bytes / messages,
                (now.connectionsEnded() - minuteAgo.connectionsEnded()) * 60.0 / Math.max(1, seconds.size() - 1));
    }

    /** As of the last second; from any thread. */
    public Rates rates() {
        return rates;
    }

    /** The counts as they stand. */
    public Counts counts() {
        return counts.get();
    }

    /** Stops listening to the collector. */
    public void close() {
        gc.close();
        registry.close();
    }
}
