package io.tidepole.demo;

import java.net.URI;
import java.util.List;

/**
 * What the demonstration is asked to do.
 *
 * @param server where to send to
 * @param devices how many there are
 * @param perSecond readings of each device in a second
 * @param seconds how long; 0 for ever
 * @param door through which
 */
record DemoOptions(URI server, int devices, double perSecond, int seconds, Door door) {
    static final String HELP =
            """
            Sends readings of a simulated plant to a server.

              --server=URL    where to, http://127.0.0.1:8080 unless given
              --devices=N     how many devices, 12 unless given
              --rate=N        readings a second of each, 1 unless given
              --seconds=N     how long; for ever unless given
              --door=NAME     json or lines (Influx line protocol); json unless given
            """;

    /** How readings are written. */
    enum Door {
        JSON,
        LINES
    }

    /** Throws IllegalArgumentException with a message for people. */
    static DemoOptions parse(List<String> words) {
        DemoOptions options = new DemoOptions(URI.create("http://127.0.0.1:8080"), 12, 1, 0, Door.JSON);
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length != 2 || !parts[0].startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + word);
            }
            options = options.with(parts[0].substring(2), parts[1]);
        }
        return options;
    }

    private DemoOptions with(String name, String value) {
        try {
            return switch (name) {
                case "server" -> new DemoOptions(URI.create(value), devices, perSecond, seconds, door);
                case "devices" -> new DemoOptions(server, within(value, 1, 100_000), perSecond, seconds, door);
                case "rate" -> new DemoOptions(server, devices, rate(value), seconds, door);
                case "seconds" -> new DemoOptions(server, devices, perSecond, within(value, 0, 31_536_000), door);
                case "door" ->
                    new DemoOptions(
                            server,
                            devices,
                            perSecond,
                            seconds,
                            Door.valueOf(value.toUpperCase(java.util.Locale.ROOT)));
                default -> throw new IllegalArgumentException("no such option");
            };
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("--" + name + "=" + value + ": " + bad.getMessage(), bad);
        }
    }

    private static int within(String text, int low, int high) {
        int value = Integer.parseInt(text);
        if (value < low || value > high) {
            throw new IllegalArgumentException("not between " + low + " and " + high);
        }
        return value;
    }

    private static double rate(String text) {
        double value = Double.parseDouble(text);
        if (!(value >= 0.01 && value <= 100)) {
            throw new IllegalArgumentException("not between 0.01 and 100");
        }
        return value;
    }
}
