package io.tidepole.bench;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** One run, as asked for. */
record Options(
        Target target,
        Crowd crowd,
        Laggards laggards,
        FeedPlan feed,
        int feedConnections,
        Timing timing,
        long serverPid,
        String json) {
    /** The most connections of one source address that we rely on: what Linux has in ephemeral ports, rounded down. */
    static final int PORTS_PER_ADDRESS = 28_000;

    /**
     * Where the server is.
     *
     * @param address that of the host, resolved once
     */
    record Target(URI url, InetAddress address, int port) {
        String path() {
            String query = url.getRawQuery();
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return query == null ? path : path + "?" + query;
        }

        String hostHeader() {
            return url.getHost() + ":" + port;
        }
    }

    /**
     * The viewers that keep up.
     *
     * @param rampPerSecond the most new connections a second
     * @param offer the extension header, empty for none
     * @param intervalMillis of the subscription
     * @param samplePercent of the viewers that are looked into
     * @param chatter compressed messages that each sends once subscribed
     * @param churnPercent of the viewers that reconnect each second
     * @param memoryFrom viewers at which memory is first read
     */
    record Crowd(
            int viewers,
            int rampPerSecond,
            String offer,
            boolean columns,
            int intervalMillis,
            String stat,
            List<String> selectors,
            double samplePercent,
            int chatter,
            double churnPercent,
            int memoryFrom,
            int loops) {}

    /** The viewers that do not keep up. */
    record Laggards(
            int stalled,
            int slow,
            int slowBytesPerSecond,
            int pausing,
            Duration pauseAfter,
            Duration pauseFor,
            int receiveBufferBytes) {
        int count() {
            return stalled + slow + pausing;
        }
    }

    /** How long each part takes. */
    record Timing(Duration warmup, Duration duration, Duration settle) {}

    static Options of(Flags flags) {
        return new Options(
                target(flags),
                crowd(flags),
                new Laggards(
                        flags.whole(Flag.STALLED, 0, 1_000_000),
                        flags.whole(Flag.SLOW, 0, 1_000_000),
                        flags.whole(Flag.SLOW_BYTES, 10, 1_000_000_000),
                        flags.whole(Flag.PAUSING, 0, 1_000_000),
                        flags.duration(Flag.PAUSE_AFTER),
                        flags.duration(Flag.PAUSE_FOR),
                        flags.whole(Flag.RECEIVE_BUFFER, 1024, 1 << 30)),
                new FeedPlan(
                        flags.number(Flag.FEED_RATE, 0, 10_000_000),
                        flags.whole(Flag.FEED_SERIES, 1, 100_000),
                        flags.whole(Flag.FEED_BATCH, 1, 10_000),
                        flags.choice(Flag.FEED_VALUES, "counter", "sensor").equals("sensor"),
                        flags.whole(Flag.PAYLOAD_BYTES, 0, 5000)),
                flags.whole(Flag.FEED_CONNECTIONS, 1, 4000),
                new Timing(flags.duration(Flag.WARMUP), flags.duration(Flag.DURATION), flags.duration(Flag.SETTLE)),
                flags.whole(Flag.SERVER_PID, 0, Integer.MAX_VALUE),
                flags.text(Flag.JSON));
    }

    private static Crowd crowd(Flags flags) {
        return new Crowd(
                flags.whole(Flag.VIEWERS, 0, 1_000_000),
                flags.whole(Flag.RAMP, 1, 1_000_000),
                flags.yes(Flag.DEFLATE) ? flags.text(Flag.OFFER) : "",
                flags.choice(Flag.SHAPE, "flat", "columns").equals("columns"),
                flags.whole(Flag.INTERVAL, 0, 60_000),
                flags.text(Flag.STAT),
                List.of(flags.text(Flag.SELECT).split(";")),
                flags.number(Flag.SAMPLE, 0, 100),
                flags.whole(Flag.CHATTER, 0, 1_000_000),
                flags.number(Flag.CHURN, 0, 100),
                flags.whole(Flag.MEMORY_FROM, 0, 1_000_000),
                flags.whole(Flag.LOOPS, 1, 64));
    }

    private static Target target(Flags flags) {
        String text = flags.text(Flag.URL);
        try {
            URI url = URI.create(text);
            if (!"ws".equals(url.getScheme()) || url.getHost() == null) {
                throw new UsageException("--url starts with ws:// and a host, unlike " + text);
            }
            InetAddress address = InetAddress.getByName(url.getHost());
            if (!address.isLoopbackAddress() && !flags.yes(Flag.ALLOW_REMOTE)) {
                throw new UsageException(url.getHost() + " is another machine: if it is yours, add --allow-remote");
            }
            return new Target(url, address, url.getPort() < 0 ? 80 : url.getPort());
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new UsageException("--url " + text + ": " + e.getMessage());
        }
    }

    /** All viewers, those that do not keep up among them. */
    int connections() {
        return crowd.viewers + laggards.count();
    }
}
