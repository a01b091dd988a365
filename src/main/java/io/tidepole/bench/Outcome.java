package io.tidepole.bench;

import java.util.Map;
import org.HdrHistogram.Histogram;

/** Turns the counters of a run into figures. */
final class Outcome {
    private static final double TOO_BUSY = 0.9;
    private static final int THREADS_SHOWN = 6;
    private static final double MICROS_PER_MILLI = 1000;

    private final Options options;
    private final Marks marks;
    private final Results results;

    Outcome(Options options, Marks marks) {
        this.options = options;
        this.marks = marks;
        results = new Results(options.json());
    }

    Results results() {
        load();
        delivery();
        latency("latency", marks.end().tally().latency);
        if (options.serverPid() != 0) {
            server();
        }
        checks();
        if (options.laggards().count() > 0) {
            laggards();
        }
        tool();
        return results;
    }

    private void load() {
        Options.Crowd crowd = options.crowd();
        results.text("load", "url", options.target().url().toString());
        results.count("load", "viewers", crowd.viewers());
        results.text("load", "offer", crowd.offer().isEmpty() ? "no compression" : crowd.offer());
        results.text("load", "shape", crowd.columns() ? "columns" : "flat");
        results.count("load", "intervalMillis", crowd.intervalMillis());
        results.number("load", "readingsPerSecond", options.feed().perSecond(), "/s");
        results.count("load", "series", options.feed().series());
        results.number("load", "churn", crowd.churnPercent(), "%/s");
        results.number("load", "measuredSeconds", marks.end().secondsSince(marks.begin()), "s");
    }

    private void delivery() {
        Snapshot begin = marks.begin();
        Snapshot end = marks.end();
        double deliveries = Math.max(1, end.deliveriesSince(begin));
        double readings = options.feed().perSecond() * options.crowd().viewers();
        results.count("delivery", "deliveries", end.deliveriesSince(begin));
        results.number("delivery", "deliveriesPerSecond", end.deliveriesSince(begin) / end.secondsSince(begin), "/s");
        if (options.crowd().intervalMillis() == 0 && readings > 0) {
            double share = end.deliveriesSince(begin) / end.secondsSince(begin) / readings;
            results.number("delivery", "shareOfReadingsDelivered", share * 100, "%");
        }
        results.number("delivery", "wireBytesPerDelivery", end.bytesSince(begin) / deliveries, "B");
        results.number("delivery", "megabytesPerSecond", end.bytesSince(begin) / end.secondsSince(begin) / 1e6, "MB/s");
        long checked = Math.max(1, marks.last().tally().checked);
        results.number("delivery", "messageBytes", (double) marks.last().tally().inflatedBytes / checked, "B");
    }

    private void latency(String section, Histogram histogram) {
        results.text(
                section,
                "from",
                options.crowd().intervalMillis() == 0 ? "when the reading was due" : "the end of the window");
        results.count(section, "count", histogram.getTotalCount());
        for (double percentile : new double[] {50, 90, 99, 99.9}) {
            String name = "p" + (percentile == Math.rint(percentile) ? "%.0f" : "%.1f").formatted(percentile);
            results.number(section, name, histogram.getValueAtPercentile(percentile) / MICROS_PER_MILLI, "ms");
        }
        results.number(section, "max", histogram.getMaxValue() / MICROS_PER_MILLI, "ms");
    }

    private void server() {
        Snapshot begin = marks.begin();
        Snapshot end = marks.end();
        double cpuNanos = end.serverCpu().nanos() - begin.serverCpu().nanos();
        double systemNanos = end.serverCpu().systemNanos() - begin.serverCpu().systemNanos();
        double deliveries = Math.max(1, end.deliveriesSince(begin));
        results.number("server", "cpuMicrosPerDelivery", cpuNanos / 1000 / deliveries, "us");
        results.number("server", "ofThatInTheKernel", systemNanos / 1000 / deliveries, "us");
        results.number("server", "cpu", end.serverCoresSince(begin) * 100, "% of a core");
        for (Map.Entry<String, Long> thread :
                ServerProcess.busiest(begin.serverThreads(), end.serverThreads(), THREADS_SHOWN)) {
            results.number(
                    "server", "thread " + thread.getKey(), thread.getValue() / 1000.0 / deliveries, "us a delivery");
        }
        Snapshot connected = marks.connected();
        int viewers = options.connections() - marks.memoryBaseViewers();
        double perViewer = (double) (connected.serverResidentBytes() - marks.memoryBaseBytes()) / Math.max(1, viewers);
        results.number("server", "residentBeforeMegabytes", marks.memoryBaseBytes() / 1e6, "MB");
        results.number("server", "residentConnectedMegabytes", connected.serverResidentBytes() / 1e6, "MB");
        results.number("server", "residentKilobytesPerViewer", perViewer / 1e3, "KB");
        results.number("server", "residentBeginMegabytes", begin.serverResidentBytes() / 1e6, "MB");
        results.number("server", "residentPeakMegabytes", marks.peakResidentBytes() / 1e6, "MB");
        results.number("server", "residentEndMegabytes", end.serverResidentBytes() / 1e6, "MB");
    }

    private void checks() {
        Tally tally = marks.last().tally();
        Census.Count census = marks.census();
        results.count("checks", "messagesChecked", tally.checked);
        results.count("checks", "lost", tally.lost);
        results.count("checks", "merged", tally.merged);
        results.count("checks", "repeated", tally.repeated);
        results.count("checks", "wrong", tally.wrong);
        if (census.counts()) {
            results.count("checks", "viewersThatGotEachReading", census.complete());
            results.count("checks", "viewersThatGotFewer", census.fewer());
            results.count("checks", "viewersThatGotMore", census.more());
            results.count("checks", "messagesMissing", census.missing());
        }
        results.count("checks", "readingsFed", marks.fed());
        results.count("checks", "requestsRefused", marks.refused());
        results.count("checks", "closedByServer", tally.closedByServer);
        results.count("checks", "withoutCompression", tally.refusedDeflate);
        tally.troubles.forEach((what, count) -> results.count("checks", "trouble: " + what, count));
        if (!marks.feedTrouble().isEmpty()) {
            results.text("checks", "feed", marks.feedTrouble());
        }
        boolean lostReaders = tally.closedByServer > tally.laggardsClosed;
        if (tally.wrong > 0
                || tally.lost > 0
                || lostReaders
                || marks.refused() > 0
                || !marks.feedTrouble().isEmpty()) {
            results.wrong();
        }
    }

    private void laggards() {
        Tally tally = marks.last().tally();
        results.count("laggards", "stalled", options.laggards().stalled());
        results.count("laggards", "slow", options.laggards().slow());
        results.count("laggards", "pausing", options.laggards().pausing());
        results.count("laggards", "closedByServer", tally.laggardsClosed);
        results.count("laggards", "messages", tally.laggardDeliveries);
        results.count("laggards", "mostSeenAsBehind", marks.mostBehind());
        if (options.laggards().pausing() > 0) {
            results.number("laggards", "allSeenAsBehindAfter", marks.allBehindSeconds(), "s");
            latency("resumed", tally.resumed);
        }
        long growth = marks.peakResidentBytes() - marks.begin().serverResidentBytes();
        results.number("laggards", "residentGrowthMegabytes", growth / 1e6, "MB");
    }

    private void tool() {
        Snapshot begin = marks.begin();
        Snapshot end = marks.end();
        double cores = end.ownCores().busySince(begin.ownCores());
        double own = end.ownCpuSince(begin);
        results.number("tool", "ownCpu", own * 100, "% of a core");
        results.number("tool", "busyOfItsCores", cores * 100, "%");
        results.text("tool", "cores", ServerProcess.self().allowedProcessors());
        results.text("tool", "java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        if (cores > TOO_BUSY || own / options.crowd().loops() > TOO_BUSY) {
            results.setVoid();
            results.text("tool", "verdict", "VOID: its cores were over 90 % busy, so delays and rates may be its own");
        } else {
            results.text("tool", "verdict", "valid");
        }
    }
}
