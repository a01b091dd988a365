package io.tidepole.history;

import io.tidepole.history.HistoryTool.Format;
import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Samples as lines of text: CSV with everything, and Influx line protocol, which has no units. */
final class TextFormats {
    static final String CSV_HEADER = "time_micros,value,metric,labels,unit,kind\n";
    private static final int CSV_CELLS = 6;

    private TextFormats() {}

    /** Writes the samples of one series. */
    @FunctionalInterface
    interface Line {
        String of(long timeMicros, double value);
    }

    /** A sample that was read. */
    record Sample(Descriptor series, long timeMicros, double value) {}

    static Line line(Format format, Descriptor series) {
        return switch (format) {
            case CSV -> {
                String rest = "," + quoted(series.key().metric()) + "," + quoted(Labels.json(series.key())) + ","
                        + quoted(series.unit().code()) + "," + Labels.kind(series) + "\n";
                yield (timeMicros, value) -> timeMicros + "," + value + rest;
            }
            case LINES -> {
                StringBuilder start = new StringBuilder(escaped(series.key().metric()));
                series.key().labels().forEach((name, value) -> start.append(',')
                        .append(escaped(name))
                        .append('=')
                        .append(escaped(value)));
                String head = start.append(" value=").toString();
                yield (timeMicros, value) -> head + value + " " + timeMicros + "000\n";
            }
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace(",", "\\,")
                .replace("=", "\\=")
                .replace(" ", "\\ ");
    }

    /** The sample of a line as {@link #line} writes it. Throws IllegalArgumentException. */
    static Sample parse(Format format, String line) {
        try {
            return switch (format) {
                case CSV -> csv(cells(line));
                case LINES -> protocol(line);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException | IOException bad) {
            throw new IllegalArgumentException(
                    "not a line of " + format.name().toLowerCase(Locale.ROOT) + " as export writes it", bad);
        }
    }

    private static Sample csv(List<String> cells) throws IOException {
        if (cells.size() != CSV_CELLS) {
            throw new IllegalArgumentException("a line has " + CSV_CELLS + " cells");
        }
        Descriptor series = new Descriptor(
                SeriesKey.of(cells.get(2), Labels.parse(cells.get(3))),
                new Unit(cells.get(4)),
                Descriptor.Kind.valueOf(cells.get(5).toUpperCase(Locale.ROOT)));
        return new Sample(series, Long.parseLong(cells.get(0)), Double.parseDouble(cells.get(1)));
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                boolean doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    private static Sample protocol(String line) {
        int timeAt = line.lastIndexOf(' ');
        int valueAt = line.lastIndexOf(" value=", timeAt - 1);
        Map<String, String> labels = new TreeMap<>();
        List<String> parts = split(line.substring(0, valueAt), ',');
        for (String part : parts.subList(1, parts.size())) {
            List<String> label = split(part, '=');
            labels.put(plain(label.get(0)), plain(label.get(1)));
        }
        String metric = plain(parts.get(0));
        Descriptor.Kind kind = metric.endsWith("_total") ? Descriptor.Kind.COUNTER : Descriptor.Kind.GAUGE;
        return new Sample(
                new Descriptor(SeriesKey.of(metric, labels), Unit.ONE, kind),
                Math.floorDiv(Long.parseLong(line.substring(timeAt + 1)), 1_000),
                Double.parseDouble(line.substring(valueAt + " value=".length(), timeAt)));
    }

    /** Splits where the separator is not escaped; escapes stay. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == separator) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String plain(String escaped) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            boolean escape = escaped.charAt(i) == '\\' && i + 1 < escaped.length();
            text.append(escaped.charAt(escape ? ++i : i));
        }
        return text.toString();
    }
}
