package io.tidepole.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What real sensors measured once. Each device sends the next of its records at each moment, and begins again after the
 * last one. When it was measured is not sent: most servers would refuse it as too old.
 */
final class Recording implements Origin {
    /** Columns that name a device, the first that is there. */
    private static final List<String> DEVICE_NAMES =
            List.of("device", "deviceId", "device_id", "mote_id", "moteid", "sensor", "station", "location", "host");

    private static final Set<String> TIME_NAMES = Set.of("date", "datetime", "time", "timestamp");
    /** A sensor does not count its own readings, even if its recording does. */
    private static final Set<String> NUMBERING_NAMES = Set.of("reading", "row", "index", "id", "no");

    private final String name;
    private final Map<String, Integer> columns;
    private final List<Reel> reels;

    /**
     * The records of one device.
     *
     * @param first the record that it begins with
     */
    private record Reel(String device, List<String[]> rows, int first) {
        String[] at(long beat) {
            return rows.get((int) ((first + beat) % rows.size()));
        }
    }

    private long beat;

    private Recording(String name, Map<String, Integer> columns, List<Reel> reels) {
        this.name = name;
        this.columns = columns;
        this.reels = List.copyOf(reels);
    }

    /**
     * Throws IllegalArgumentException with a message for people.
     *
     * @param name what to call it
     * @param deviceColumn which column names the device, if not one of the usual ones
     * @param measures the columns to send; all that hold numbers if it is empty
     * @param devices how many there are if no column says so: they begin at different records
     */
    static Recording of(String name, Table table, Optional<String> deviceColumn, List<String> measures, int devices) {
        int named = deviceColumn.isPresent()
                ? column(table, deviceColumn.get())
                : DEVICE_NAMES.stream()
                        .mapToInt(table.names()::indexOf)
                        .filter(i -> i >= 0)
                        .findFirst()
                        .orElse(-1);
        Map<String, Integer> columns = new LinkedHashMap<>();
        if (measures.isEmpty()) {
            IntStream.range(0, table.names().size())
                    .filter(i -> i != named && isMeasure(table, i))
                    .forEach(i -> columns.put(table.names().get(i), i));
        } else {
            measures.forEach(measure -> columns.put(measure, column(table, measure)));
        }
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("no column holds numbers: " + String.join(", ", table.names()));
        }
        return new Recording(name, columns, named < 0 ? copies(name, table, devices) : reels(table, named));
    }

    private static int column(Table table, String name) {
        int column = table.names().indexOf(name);
        if (column < 0) {
            throw new IllegalArgumentException(
                    "there is no column " + name + ", but " + String.join(", ", table.names()));
        }
        return column;
    }

    private static boolean isMeasure(Table table, int column) {
        String name = table.names().get(column).toLowerCase(java.util.Locale.ROOT);
        return !TIME_NAMES.contains(name)
                && !NUMBERING_NAMES.contains(name)
                && table.rows().stream().allMatch(row -> row[column].isEmpty() || !Double.isNaN(number(row[column])))
                && table.rows().stream().anyMatch(row -> !row[column].isEmpty());
    }

    private static List<Reel> reels(Table table, int named) {
        Map<String, List<String[]>> byDevice = new LinkedHashMap<>();
        String prefix = isNumbers(table, named) ? table.names().get(named) + "-" : "";
        table.rows().stream().filter(row -> !row[named].isEmpty()).forEach(row -> byDevice.computeIfAbsent(
                        prefix + row[named], unknown -> new ArrayList<>())
                .add(row));
        return byDevice.entrySet().stream()
                .map(each -> new Reel(each.getKey(), each.getValue(), 0))
                .toList();
    }

    private static boolean isNumbers(Table table, int column) {
        return table.rows().stream().noneMatch(row -> Double.isNaN(number(row[column])) && !row[column].isEmpty());
    }

    private static List<Reel> copies(String name, Table table, int devices) {
        List<String[]> rows = table.rows();
        return IntStream.range(0, devices)
                .mapToObj(i -> new Reel(name + "-" + (i + 1), rows, (int) ((long) rows.size() * i / devices)))
                .toList();
    }

    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException text) {
            return Double.NaN;
        }
    }

    @Override
    public String name() {
        return name + " (" + String.join(", ", columns.keySet()) + ")";
    }

    @Override
    public int devices() {
        return reels.size();
    }

    @Override
    public List<Sample> at(double seconds) {
        List<Sample> samples = new ArrayList<>(reels.size());
        for (Reel reel : reels) {
            Map<String, Double> values = values(reel.at(beat));
            if (!values.isEmpty()) {
                samples.add(new Sample(reel.device, Map.of(), values));
            }
        }
        beat++;
        return samples;
    }

    private Map<String, Double> values(String[] row) {
        Map<String, Double> values = new LinkedHashMap<>();
        columns.forEach((measure, column) -> {
            double value = number(row[column]);
            if (Double.isFinite(value)) {
                values.put(measure, value);
            }
        });
        return values;
    }
}
