package io.tidepole.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the demonstration is asked to do.
 *
 * @param server where to send to
 * @param devices how many there are; 0 for the usual number
 * @param perSecond samples of each device in a second
 * @param seconds how long; 0 for ever
 * @param way through which door
 * @param file a recording to send, instead of a simulated plant
 * @param deviceColumn which of its columns names the device
 * @param measures which of its columns to send; none for all that hold numbers
 * @param tokenFile holds a token that lets one send
 */
record DemoOptions(
        URI server,
        int devices,
        double perSecond,
        int seconds,
        Way way,
        Optional<Path> file,
        Optional<String> deviceColumn,
        List<String> measures,
        Optional<Path> tokenFile) {
    static final String HELP =
            """
            Sends the readings of a simulated plant, or of a recording, to a server.

              --server=URL       where to, http://127.0.0.1:8080 unless given; mqtt://127.0.0.1:1883 for MQTT
              --door=NAME        json, ndjson, lines (Influx line protocol), otlp, websocket or mqtt; json unless given
              --rate=N           how often each device sends in a second, 1 unless given
              --seconds=N        how long; for ever unless given
              --devices=N        how many devices, 12 unless given
              --token-file=FILE  a file with a token, if the server wants one

              --file=FILE        a recording: CSV with a line of names, or JSON objects, in a list or one a line
              --device-column=NAME   which column names the device; unless given, the first of device, deviceId,
                                 device_id, mote_id, moteid, sensor, station, location, host that is there. Without any,
                                 --devices=N (1 unless given) send the same records, from different ones on
              --measures=NAME,…  which columns to send; unless given, all that hold numbers
            """;

    private static final double MAX_RATE = 1_000;

    DemoOptions {
        measures = List.copyOf(measures);
    }

    /** How readings go out. */
    enum Way {
        JSON,
        NDJSON,
        LINES,
        OTLP,
        WEBSOCKET,
        MQTT
    }

    /** Throws IllegalArgumentException with a message for people. */
    static DemoOptions parse(List<String> words) {
        Map<String, String> values = new HashMap<>();
        for (String word : words) {
            String[] parts = word.split("=", 2);
            if (parts.length != 2 || !parts[0].startsWith("--")) {
                throw new IllegalArgumentException("not an option: " + word);
            }
            values.put(parts[0].substring(2), parts[1]);
        }
        DemoOptions options = read(values);
        values.keySet().stream().findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("not an option: --" + unknown);
        });
        if (options.file.isEmpty() && (options.deviceColumn.isPresent() || !options.measures.isEmpty())) {
            throw new IllegalArgumentException("--device-column and --measures are about a --file");
        }
        return options;
    }

    private static DemoOptions read(Map<String, String> values) {
        Way way = option(values, "door", "json", DemoOptions::way);
        return new DemoOptions(
                option(values, "server", usualServer(way), text -> server(text, way)),
                option(values, "devices", "", text -> text.isEmpty() ? 0 : within(text, 1, 100_000)),
                option(values, "rate", "1", DemoOptions::rate),
                option(values, "seconds", "0", text -> within(text, 0, 31_536_000)),
                way,
                option(values, "file", "", DemoOptions::path),
                option(values, "device-column", "", text -> Optional.of(text).filter(name -> !name.isEmpty())),
                option(values, "measures", "", DemoOptions::names),
                option(values, "token-file", "", DemoOptions::path));
    }

    private static <T> T option(
            Map<String, String> values, String name, String usual, java.util.function.Function<String, T> reader) {
        String given = values.remove(name);
        try {
            return reader.apply(given == null ? usual : given);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("--" + name + "=" + given + ": " + bad.getMessage(), bad);
        }
    }

    private static String usualServer(Way way) {
        return way == Way.MQTT ? "mqtt://127.0.0.1:1883" : "http://127.0.0.1:8080";
    }

    private static URI server(String text, Way way) {
        URI uri = URI.create(text);
        List<String> schemes = way == Way.MQTT ? List.of("mqtt", "mqtts") : List.of("http", "https");
        if (uri.getHost() == null || !schemes.contains(uri.getScheme())) {
            throw new IllegalArgumentException(
                    "through this door it goes to " + schemes.get(0) + "://host:port, or to " + schemes.get(1));
        }
        return uri;
    }

    private static Way way(String text) {
        return Arrays.stream(Way.values())
                .filter(way -> way.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "not one of " + Arrays.toString(Way.values()).toLowerCase(Locale.ROOT)));
    }

    private static Optional<Path> path(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
    }

    private static List<String> names(String text) {
        return text.isEmpty() ? List.of() : new ArrayList<>(Arrays.asList(text.split(",")));
    }

    private static int within(String text, int low, int high) {
        int value = number(text).intValue();
        if (value < low || value > high) {
            throw new IllegalArgumentException("not between " + low + " and " + high);
        }
        return value;
    }

    private static double rate(String text) {
        double value = number(text);
        if (!(value >= 0.01 && value <= MAX_RATE)) {
            throw new IllegalArgumentException("not between 0.01 and " + (int) MAX_RATE);
        }
        return value;
    }

    private static Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException("not a number", bad);
        }
    }
}
