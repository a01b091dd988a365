package io.tidepole.ingest;

import io.tidepole.config.UnitTable;
import io.tidepole.metric.Descriptor.Kind;
import io.tidepole.metric.Unit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The unit of a metric by its name, where its sender gives none: by the whole name in the
 * table of the configuration, then by the longest ending, then by the last word, in that table and in this one. Names that end in {@code _total} are counters.
 */
final class Units {
    private static final Map<String, String> BY_WORD = Map.ofEntries(
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

    private final UnitTable table;

    Units(UnitTable table) {
        this.table = table;
    }

    /** The unit of a metric of this name; a bare number if the name says nothing. */
    Unit of(String metric) {
        String name = metric.endsWith("_total") ? metric.substring(0, metric.length() - "_total".length()) : metric;
        Optional<String> whole = table.of(name.toLowerCase(Locale.ROOT));
        if (whole.isPresent()) {
            return new Unit(whole.get());
        }
        for (Map.Entry<String, String> ending : BY_ENDING.entrySet()) {
            if (name.endsWith(ending.getKey()) && !isLongerEnding(name, ending.getKey())) {
                return new Unit(ending.getValue());
            }
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String word = lower.substring(lower.lastIndexOf('_') + 1);
        return new Unit(table.of(word).orElseGet(() -> BY_WORD.getOrDefault(word, Unit.ONE.code())));
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
