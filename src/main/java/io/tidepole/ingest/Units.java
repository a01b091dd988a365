package io.tidepole.ingest;

import io.tidepole.metric.Descriptor.Kind;
import io.tidepole.metric.Unit;
import java.util.Map;

/**
 * The unit of a metric by its name, where its sender gives none: by the whole name, then by the longest ending, then by
 * the last word. Names that end in {@code _total} are counters.
 */
final class Units {
    private static final Map<String, String> BY_WORD = Map.ofEntries(
            Map.entry("temperature", "Cel"),
            Map.entry("temp", "Cel"),
            Map.entry("dewpoint", "Cel"),
            Map.entry("humidity", "%"),
            Map.entry("pressure", "hPa"),
            Map.entry("battery", "%"),
            Map.entry("voltage", "V"),
            Map.entry("current", "A"),
            Map.entry("power", "W"),
            Map.entry("energy", "kW.h"),
            Map.entry("frequency", "Hz"),
            Map.entry("co2", "[ppm]"),
            Map.entry("illuminance", "lx"),
            Map.entry("lux", "lx"),
            Map.entry("rssi", "dB[mW]"),
            Map.entry("uptime", "s"),
            Map.entry("latency", "ms"),
            Map.entry("percent", "%"),
            Map.entry("percentage", "%"),
            Map.entry("pct", "%"),
            Map.entry("celsius", "Cel"),
            Map.entry("fahrenheit", "[degF]"),
            Map.entry("kelvin", "K"),
            Map.entry("bytes", "By"),
            Map.entry("seconds", "s"),
            Map.entry("milliseconds", "ms"),
            Map.entry("ms", "ms"),
            Map.entry("volts", "V"),
            Map.entry("amperes", "A"),
            Map.entry("watts", "W"),
            Map.entry("joules", "J"),
            Map.entry("hertz", "Hz"),
            Map.entry("hpa", "hPa"),
            Map.entry("pascals", "Pa"),
            Map.entry("ppm", "[ppm]"),
            Map.entry("meters", "m"),
            Map.entry("grams", "g"),
            Map.entry("rpm", "/min"),
            Map.entry("ratio", "1"));
    private static final Map<String, String> BY_ENDING =
            Map.of("_bytes_per_second", "By/s", "_per_second", "1/s", "_per_minute", "/min");
    private static final int MAX_LENGTH = 32;

    private Units() {}

    static Unit of(String metric) {
        String name = metric.endsWith("_total") ? metric.substring(0, metric.length() - "_total".length()) : metric;
        for (Map.Entry<String, String> ending : BY_ENDING.entrySet()) {
            if (name.endsWith(ending.getKey()) && !isLongerEnding(name, ending.getKey())) {
                return new Unit(ending.getValue());
            }
        }
        String word = name.substring(name.lastIndexOf('_') + 1).toLowerCase(java.util.Locale.ROOT);
        return new Unit(BY_WORD.getOrDefault(word, Unit.ONE.code()));
    }

    private static boolean isLongerEnding(String name, String ending) {
        return BY_ENDING.keySet().stream().anyMatch(other -> other.length() > ending.length() && name.endsWith(other));
    }

    static Kind kindOf(String metric) {
        return metric.endsWith("_total") ? Kind.COUNTER : Kind.GAUGE;
    }

    /** Whether a sender's code can be a UCUM code: printable ASCII without spaces, and short. */
    static boolean isCode(String code) {
        return !code.isEmpty() && code.length() <= MAX_LENGTH && code.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
