package io.tidepole.bench;

/** What the command line of the load tool accepts, in the order in which people read it. */
enum Flag {
    URL("ws://127.0.0.1:8080/ws", "where viewers connect; readings go to /api/v1/readings there"),
    ALLOW_REMOTE("false", "load a server that is not on this machine: only one of your own"),
    VIEWERS("100", "viewers that read all they get"),
    RAMP("2000", "new viewers a second, at most"),
    DEFLATE("true", "offer permessage-deflate"),
    OFFER("permessage-deflate; client_max_window_bits", "the extension offered, as in the header"),
    SHAPE("flat", "flat or columns: the subprotocol"),
    INTERVAL("0", "of the subscription, in ms; 0 for every reading"),
    STAT("last", "of the subscription"),
    SELECT("bench", "selectors, separated by semicolons; 'bench' is what we feed"),
    SAMPLE("1", "% of the viewers whose messages are inflated, parsed and timed"),
    CHATTER("0", "compressed messages that each viewer sends once it is subscribed"),
    CHURN("0", "% of the viewers that reconnect, each second"),
    STALLED("0", "viewers on top that never read"),
    SLOW("0", "viewers on top that read slowly"),
    SLOW_BYTES("4096", "bytes a second that a slow one reads"),
    PAUSING("0", "viewers on top that stop reading for a while"),
    PAUSE_AFTER("2s", "when they stop, after the measuring began"),
    PAUSE_FOR("5s", "for how long"),
    RECEIVE_BUFFER("8192", "socket buffer of those on top, in bytes"),
    FEED_RATE("10", "readings a second in all; 0 to feed nothing"),
    FEED_SERIES("1", "series that they belong to, in turn"),
    FEED_BATCH("1", "readings in one request"),
    FEED_CONNECTIONS("16", "connections of the feed, at most; each series keeps to one"),
    FEED_VALUES("counter", "counter (1, 2, 3 ...) or sensor (two decimals, noisy)"),
    PAYLOAD_BYTES("0", "least size of a flat message; a label fills it up"),
    WARMUP("5s", "feeding before the measuring"),
    DURATION("10s", "measuring"),
    SETTLE("2s", "rest before memory is read"),
    MEMORY_FROM("0", "viewers at which memory is first read; per viewer counts from there"),
    SERVER_PID("0", "process of the server, for its CPU and memory (Linux)"),
    LOOPS("1", "threads of ours that serve viewers"),
    JSON("", "file that gets all figures");

    private final String standard;
    private final String help;

    Flag(String standard, String help) {
        this.standard = standard;
        this.help = help;
    }

    /** As it is written on the command line. */
    String text() {
        return "--" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String standard() {
        return standard;
    }

    String help() {
        return help;
    }
}
