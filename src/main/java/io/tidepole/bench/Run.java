package io.tidepole.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run from the first connection to the last figure. Every part of it ends, whatever the server does. */
final class Run {
    private static final long TURN_NANOS = 50_000_000;
    private static final int CONNECT_GRACE_SECONDS = 30;
    private static final long MOST_DRAIN_NANOS = 10_000_000_000L;
    private static final long QUIET_NANOS = 500_000_000;

    private final Options options;
    private final PrintStream progress;
    private final ServerProcess self = ServerProcess.self();
    private final @Nullable ServerProcess server;
    private final Cores ownCores;
    private final FeedClock clock;
    private final StatsProbe stats;
    private final long startedNanos = System.nanoTime();
    private long memoryBaseBytes;
    private int memoryBaseViewers;

    Run(Options options, PrintStream progress) {
        this.options = options;
        this.progress = progress;
        server = options.serverPid() == 0 ? null : ServerProcess.of(options.serverPid());
        ownCores = Cores.of(self.allowedProcessors());
        clock = new FeedClock(options.feed());
        stats = new StatsProbe(options.target());
    }

    Results execute() throws IOException, InterruptedException {
        OpenFiles.require("this tool", Path.of("/proc/self"), options.connections());
        if (server != null) {
            OpenFiles.require(
                    "the server", Path.of("/proc", Long.toString(options.serverPid())), options.connections());
        }
        try (Fleet fleet = new Fleet(options, clock)) {
            connect(fleet);
            Marks marks = new Marks(memoryBaseBytes, memoryBaseViewers, snapshot(fleet));
            if (options.feed().perSecond() > 0) {
                try (Feed feed = new Feed(options.target(), clock, options.feedConnections())) {
                    measure(fleet, feed, marks);
                    feed.stop();
                    drain(fleet);
                    marks.fed(feed);
                }
            } else {
                measure(fleet, null, marks);
            }
            marks.over(snapshot(fleet), new Census(options, clock).take(fleet, marks.fed()));
            return new Outcome(options, marks).results();
        }
    }

    private Snapshot snapshot(Fleet fleet) {
        return Snapshot.take(fleet, server, self, ownCores);
    }

    private void connect(Fleet fleet) throws IOException, InterruptedException {
        memoryBaseBytes = server == null ? 0 : server.residentBytes();
        int first = Math.min(options.crowd().memoryFrom(), options.crowd().viewers());
        if (first > 0) {
            open(fleet, Role.READER, first);
            rest();
            memoryBaseBytes = server == null ? 0 : server.residentBytes();
            memoryBaseViewers = first;
        }
        open(fleet, Role.READER, options.crowd().viewers() - first);
        open(fleet, Role.STALLED, options.laggards().stalled());
        open(fleet, Role.SLOW, options.laggards().slow());
        open(fleet, Role.PAUSING, options.laggards().pausing());
        rest();
    }

    /** Opens so many, at the pace asked for, and waits until all are subscribed. */
    private void open(Fleet fleet, Role role, int count) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int wanted = fleet.tally().live + count;
        long deadline = begin
                + TimeUnit.SECONDS.toNanos(
                        CONNECT_GRACE_SECONDS + count / options.crowd().rampPerSecond());
        int opened = 0;
        long nextLine = begin;
        while (true) {
            long now = System.nanoTime();
            double due = Math.min(count, (now - begin) / 1e9 * options.crowd().rampPerSecond() + 1);
            for (; opened < (int) due; opened++) {
                fleet.open(role);
            }
            Tally tally = fleet.tally();
            if (tally.live >= wanted) {
                return;
            }
            if (tally.failed > 0 || now > deadline) {
                throw new IOException(
                        "only %,d of %,d viewers were subscribed: %s".formatted(tally.live, wanted, tally.troubles));
            }
            if (now >= nextLine) {
                progress.printf("%4d s  connecting  %,d of %,d%n", elapsed(), tally.live, wanted);
                nextLine += 1_000_000_000;
            }
            TimeUnit.NANOSECONDS.sleep(TURN_NANOS / 5);
        }
    }

    private void rest() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(options.timing().settle().toNanos());
    }

    private long elapsed() {
        return (System.nanoTime() - startedNanos) / 1_000_000_000;
    }

    private void measure(Fleet fleet, @Nullable Feed feed, Marks marks) throws InterruptedException {
        if (feed != null) {
            feed.start();
        }
        keepGoing(fleet, marks, "warming up", options.timing().warmup().toNanos(), false);
        fleet.restartTimes();
        marks.begin(snapshot(fleet));
        keepGoing(fleet, marks, "measuring", options.timing().duration().toNanos(), true);
        marks.end(snapshot(fleet));
        fleet.pausing(true);
    }

    /** Lets viewers come and go and pause, and says each second how it goes. */
    private void keepGoing(Fleet fleet, Marks marks, String part, long nanos, boolean pausing)
            throws InterruptedException {
        long begin = System.nanoTime();
        Pause pause = new Pause(options.laggards());
        double churned = 0;
        double churnPerSecond = options.crowd().viewers() * options.crowd().churnPercent() / 100;
        Snapshot last = snapshot(fleet);
        for (long now = begin; now - begin < nanos; now = System.nanoTime()) {
            double churnDue = (now - begin) / 1e9 * churnPerSecond;
            if (churnDue >= churned + 1) {
                fleet.churn((int) (churnDue - churned));
                churned += (int) (churnDue - churned);
            }
            if (pausing) {
                pause.act(fleet, marks, now - begin);
            }
            if (now - last.tally().takenNanos >= 1_000_000_000) {
                Snapshot next = snapshot(fleet);
                marks.each(next, behind());
                line(part, last, next);
                last = next;
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(TURN_NANOS, nanos - (now - begin)));
        }
    }

    /** Asked for only where someone is to be behind: the answer costs the server a little. */
    private OptionalLong behind() {
        return options.laggards().count() == 0 ? OptionalLong.empty() : stats.behind();
    }

    private void line(String part, Snapshot last, Snapshot next) {
        double seconds = next.secondsSince(last);
        progress.printf(
                "%4d s  %s  %,d viewers  %,.0f deliveries/s  %,.1f MB/s  server %.0f %% of a core, %,d MB  own %.0f %%%n",
                elapsed(),
                part,
                next.tally().live,
                next.deliveriesSince(last) / seconds,
                next.bytesSince(last) / seconds / 1e6,
                next.serverCoresSince(last) * 100,
                next.serverResidentBytes() >> 20,
                next.ownCpuSince(last) * 100);
    }

    /** Waits until nothing arrives any more. */
    private static void drain(Fleet fleet) throws InterruptedException {
        long begin = System.nanoTime();
        long lastCount = -1;
        long lastChange = begin;
        while (System.nanoTime() - begin < MOST_DRAIN_NANOS && System.nanoTime() - lastChange < QUIET_NANOS) {
            long count = fleet.tally().deliveries;
            if (count != lastCount) {
                lastCount = count;
                lastChange = System.nanoTime();
            }
            TimeUnit.NANOSECONDS.sleep(TURN_NANOS);
        }
    }

    /** When the viewers that pause do so. */
    private static final class Pause {
        private final Options.Laggards laggards;
        private boolean stopped;
        private boolean resumed;

        Pause(Options.Laggards laggards) {
            this.laggards = laggards;
        }

        void act(Fleet fleet, Marks marks, long nanos) {
            if (laggards.pausing() > 0
                    && !stopped
                    && nanos >= laggards.pauseAfter().toNanos()) {
                stopped = true;
                fleet.pausing(false);
                marks.expectBehind(laggards.stalled() + laggards.pausing());
            }
            if (stopped
                    && !resumed
                    && nanos >= laggards.pauseAfter().plus(laggards.pauseFor()).toNanos()) {
                resumed = true;
                fleet.pausing(true);
            }
        }
    }
}
