package io.tidepole.ingest;

import io.tidepole.bus.Backlog;
import io.tidepole.config.IngestConfig;
import io.tidepole.config.LimitsConfig;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.DeviceLedger;
import io.tidepole.metric.ReadingBatch;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind every door: checks, admits, publishes and logs side by side, and acknowledges after the log.
 *
 * <p>One for all event loops, as budgets hold for the whole server. What is shared is locked by device: a device mostly
 * sends over one connection, and so its lock is mostly free.
 */
public final class Intake {
    private static final long FORGET_MICROS = 3_600_000_000L;
    private static final long SWEEP_MICROS = 60_000_000L;
    /** No device's name begins so. */
    private static final String ANONYMOUS = "\0";

    private final LimitsConfig limits;
    private final long maxAheadMicros;
    private final long maxAgeMicros;
    private final LongSupplier clockMicros;
    private final Consumer<ReadingBatch> readings;
    private final Units units;
    private final Backlog backlog;
    private final Log log;
    private final DeviceLedger ledger;
    private final Authoriser authoriser;
    private final ConcurrentHashMap<String, Source> sources = new ConcurrentHashMap<>();
    private final Buckets addresses;
    private final AtomicInteger seriesCount = new AtomicInteger();
    private final AtomicLong nextSweepMicros = new AtomicLong();
    private final LongAdder accepted = new LongAdder();
    private final LongAdder skippedTexts = new LongAdder();
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);

    /**
     * What this room says of itself.
     *
     * @param accepted readings since the start
     * @param skippedTexts fields of line protocol that are texts
     * @param refused by code, without those that never happened
     * @param series known at present
     * @param devices known at present
     */
    public record Figures(long accepted, long skippedTexts, Map<String, Long> refused, int series, int devices) {}

    /**
     * @param clockMicros the clock that windows are cut by, microseconds since the epoch
     * @param readings takes batches, on any thread
     * @param backlog of readings that are not in their windows yet
     */
    public Intake(
            IngestConfig config,
            LimitsConfig limits,
            LongSupplier clockMicros,
            Consumer<ReadingBatch> readings,
            Backlog backlog,
            Log log,
            DeviceLedger ledger,
            Authoriser authoriser) {
        this.limits = limits;
        this.maxAheadMicros = config.maxSkew().toMillis() * 1_000;
        this.maxAgeMicros = config.maxAge().toMillis() * 1_000;
        this.clockMicros = clockMicros;
        this.readings = readings;
        this.units = new Units(config.units());
        this.backlog = backlog;
        this.log = log;
        this.ledger = ledger;
        this.authoriser = authoriser;
        this.addresses = new Buckets(limits.addressRate());
        for (Refusal refusal : Refusal.values()) {
            refused.put(refusal, new LongAdder());
        }
    }

    /** Figures as of now; from any thread. */
    public Figures figures() {
        Map<String, Long> byCode = new TreeMap<>();
        refused.forEach((refusal, count) -> {
            if (count.sum() > 0) {
                byCode.put(refusal.wireName(), count.sum());
            }
        });
        return new Figures(accepted.sum(), skippedTexts.sum(), byCode, seriesCount.get(), sources.size());
    }

    /** A field was no number, and that is no fault. */
    void skipped() {
        skippedTexts.increment();
    }

    boolean needsProof() {
        return authoriser.needsProof();
    }

    LimitsConfig limits() {
        return limits;
    }

    long nowMicros() {
        return clockMicros.getAsLong();
    }

    /** How long an address has to wait before it may send anything; mostly 0. */
    long waitMicros(Sender sender) {
        long now = nowMicros();
        return addresses.of(sender.address(), now).waitMicros(now);
    }

    /** Whether the device has sent a series lately that is one of these. */
    public boolean hasSeries(String device, Predicate<SeriesKey> wanted) {
        Source source = sources.get(device);
        if (source == null) {
            return false;
        }
        synchronized (source) {
            return source.hasSeries(wanted);
        }
    }

    /** A submission with a batch of its own, of about so many readings. */
    Submission open(Sender sender, int expectedReadings) {
        return new Submission(this, sender, Outlet.own(this, expectedReadings));
    }

    void spent(Sender sender, int count) {
        long now = nowMicros();
        addresses.of(sender.address(), now).owe(Math.max(1, count), now);
        sweepSoon(now);
    }

    /** Whether readings come faster than they can be folded into windows, so that none should be taken. */
    boolean isOverloaded() {
        return backlog.isFull();
    }

    /** Completes when the batch is safe, and there is room for the next one: who waits for that sends no more. */
    Future<Void> publish(ReadingBatch batch) {
        accepted.add(batch.size());
        backlog.published(batch.size());
        readings.accept(batch);
        return log.append(batch).recover(Intake::unkept).compose(kept -> backlog.room());
    }

    /** Why is for the operator, who reads it in the log. */
    private static Future<Void> unkept(Throwable cause) {
        return Future.failedFuture(new RefusedException(503, "unavailable", "the readings could not be kept"));
    }

    void refused(String device, Entry.Problem problem, long receivedMicros) {
        LongAdder count = refused.get(problem.refusal());
        if (count != null) {
            count.increment();
        }
        if (!device.isEmpty()) {
            ledger.refused(device, problem.refusal().wireName(), problem.message(), receivedMicros);
        }
    }

    /** Adds what may be taken of an entry to a batch, and says how many readings that is. */
    int admit(Entry entry, Submission submission, Outgoing outgoing) {
        Checks.check(entry, limits);
        if (!entry.isBad()) {
            checkTime(entry, outgoing.receivedMicros());
        }
        if (!entry.isBad() && !authoriser.mayWrite(submission.sender, entry.device())) {
            entry.reject(Refusal.FORBIDDEN, "you may not write for this device");
        }
        return entry.isBad() ? 0 : admitToSource(entry, submission, outgoing);
    }

    private void checkTime(Entry entry, long nowMicros) {
        if (entry.isStamped()) {
            if (entry.stampMicros() - nowMicros > maxAheadMicros) {
                entry.reject(
                        Refusal.TIMESTAMP_AHEAD,
                        "the timestamp is " + (entry.stampMicros() - nowMicros) / 1_000_000 + " s ahead of our clock");
            } else if (entry.stampMicros() < nowMicros - maxAgeMicros) {
                entry.reject(
                        Refusal.TOO_OLD,
                        "the timestamp is older than " + maxAgeMicros / 1_000_000 + " s; its unit is s, ms or µs");
            }
        }
    }

    private int admitToSource(Entry entry, Submission submission, Outgoing outgoing) {
        // A sender that names no device is held to a budget by its address.
        String name = entry.device().isEmpty() ? ANONYMOUS + submission.sender.address() : entry.device();
        while (true) {
            Source source = source(name, outgoing.receivedMicros());
            synchronized (source) {
                if (!source.isGone()) {
                    int taken = admit(entry, source, submission, outgoing);
                    if (source.size() == 0) {
                        source.forgetBefore(Long.MAX_VALUE);
                        sources.remove(name, source);
                    }
                    return taken;
                }
            }
            sources.remove(name, source);
        }
    }

    private Source source(String name, long nowMicros) {
        Source known = sources.get(name);
        return known != null ? known : sources.computeIfAbsent(name, unknown -> newSource(name, nowMicros));
    }

    /** Senders that name no device may speak for many, as Prometheus does; they may take a quarter of all. */
    private Source newSource(String name, long nowMicros) {
        Bucket bucket = new Bucket(limits.deviceRate(), nowMicros);
        return name.startsWith(ANONYMOUS)
                ? new Source(
                        name, Math.max(limits.deviceSeries(), limits.series() / 4), bucket, DeviceLedger.Account.NONE)
                : new Source(name, limits.deviceSeries(), bucket, ledger.account(name));
    }

    private int admit(Entry entry, Source source, Submission submission, Outgoing outgoing) {
        long now = outgoing.receivedMicros();
        if (!source.bucket.take(entry.size(), now)) {
            entry.reject(Refusal.RATE_LIMITED, "more than " + limits.deviceRate() + " readings/s of this device");
            submission.retryAfter(1_000);
            return 0;
        }
        Map<String, Track> spelled = source.spelled(entry.labels);
        int taken = 0;
        for (int i = 0; i < entry.size(); i++) {
            if (!Double.isFinite(entry.value(i))) {
                entry.refuse(Refusal.NOT_FINITE, entry.name(i) + " is not a finite number");
                continue;
            }
            Track track = spelled.get(entry.name(i));
            if (track == null) {
                track = meet(entry, entry.name(i), source);
                spelled = track == null ? spelled : source.remember(entry.labels, entry.name(i), track);
            }
            if (track != null) {
                add(entry, i, track, outgoing);
                taken++;
            }
        }
        if (taken > 0) {
            source.account.accepted(taken, now);
            if (entry.isStamped()) {
                source.account.stamped(entry.stampMicros() - now);
            }
        }
        return taken;
    }

    private static void add(Entry entry, int index, Track track, Outgoing outgoing) {
        long now = outgoing.receivedMicros();
        double value = entry.value(index);
        if (entry.isStamped()) {
            if (entry.isDelta(entry.name(index))) {
                value = track.total(value, entry.stampMicros());
            }
            track.stamped(entry.stampMicros(), now);
            outgoing.add(track.descriptor, entry.stampMicros(), value);
        } else {
            outgoing.add(track.descriptor, track.unstamped(now), value);
        }
    }

    /** A series in a spelling that is not remembered: mostly a new one. */
    private @Nullable Track meet(Entry entry, String measure, Source source) {
        String metric = Naming.metric(measure);
        if (measure.isEmpty() || metric.length() > limits.nameLength() || Naming.hasControl(measure)) {
            entry.refuse(Refusal.BAD_NAME, "a measure's name has 1 to " + limits.nameLength() + " characters");
            return null;
        }
        Map<String, String> labels = entry.labels.cleaned();
        if (!entry.device().isEmpty()) {
            labels.put("device", entry.device());
        }
        SeriesKey key = SeriesKey.of(metric, labels);
        Track known = source.find(key);
        return known != null ? known : admitSeries(entry, measure, key, source);
    }

    private @Nullable Track admitSeries(Entry entry, String measure, SeriesKey key, Source source) {
        String code =
                entry.unitOf(measure).orElseGet(() -> units.of(key.metric()).code());
        if (!Units.isCode(code)) {
            entry.refuse(Refusal.BAD_UNIT, measure + ": a unit is a UCUM code of at most 32 characters");
            return null;
        }
        if (source.isFull()) {
            entry.refuse(
                    Refusal.TOO_MANY_SERIES,
                    measure + " would be a new series, and this device has " + source.size() + " already");
            return null;
        }
        if (!reserve()) {
            entry.refuse(
                    Refusal.TOO_MANY_SERIES,
                    measure + " would be a new series, and there are " + limits.series() + " already");
            return null;
        }
        Descriptor.Kind kind =
                entry.kindOf(measure) == Descriptor.Kind.COUNTER ? Descriptor.Kind.COUNTER : Units.kindOf(key.metric());
        return source.add(key, new Unit(code), kind);
    }

    private boolean reserve() {
        if (seriesCount.incrementAndGet() <= limits.series()) {
            return true;
        }
        seriesCount.decrementAndGet();
        return false;
    }

    /** Forgets what was silent for an hour, once a minute, and not within anybody's lock. */
    private void sweepSoon(long nowMicros) {
        long due = nextSweepMicros.get();
        if (nowMicros >= due && nextSweepMicros.compareAndSet(due, nowMicros + SWEEP_MICROS)) {
            Thread sweeper = new Thread(() -> sweep(nowMicros), "tidepole-intake-sweep");
            sweeper.setDaemon(true);
            sweeper.start();
        }
    }

    /** Forgets series that were silent for an hour, to make room for new ones. */
    void sweep(long nowMicros) {
        for (Source source : sources.values()) {
            synchronized (source) {
                seriesCount.addAndGet(-source.forgetBefore(nowMicros - FORGET_MICROS));
                if (source.isGone()) {
                    sources.remove(source.device, source);
                }
            }
        }
    }
}
