package io.tidepole.host;

import io.tidepole.host.SensorValue.Kind;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sensors that Linux shows below /sys/class/hwmon, or, where no temperature is there, the thermal zones (boards
 * without a sensor chip). OSHI picks one temperature for the processor; we show each sensor under its own name.
 */
final class Hwmon {
    private static final Pattern INPUT = Pattern.compile("(temp|fan)(\\d+)_input");
    private static final double COLDEST = -100;
    private static final double HOTTEST = 250;

    private final Path sysClass;
    private List<Input> inputs = List.of();
    private int readsUntilSearch;

    /** @param sysClass /sys/class, or a copy in a test */
    Hwmon(Path sysClass) {
        this.sysClass = sysClass;
    }

    /** What the sensors say now; one without a sane answer is left out. Looks for new sensors now and then. */
    List<SensorValue> read() {
        if (readsUntilSearch-- <= 0) {
            inputs = search();
            readsUntilSearch = 60;
        }
        List<SensorValue> values = new ArrayList<>(inputs.size());
        for (Input input : inputs) {
            input.read().ifPresent(value -> values.add(new SensorValue(input.kind, input.name, value)));
        }
        return values;
    }

    private List<Input> search() {
        List<Input> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (File chip : children(sysClass.resolve("hwmon"))) {
            String chipName = KernelFile.tryRead(chip.toPath().resolve("name")).orElse(chip.getName());
            for (File file : children(chip.toPath())) {
                Matcher matcher = INPUT.matcher(file.getName());
                if (matcher.matches()) {
                    Kind kind = matcher.group(1).equals("fan") ? Kind.FAN : Kind.TEMPERATURE;
                    String sensor = matcher.group(1) + matcher.group(2);
                    String label = KernelFile.tryRead(chip.toPath().resolve(sensor + "_label"))
                            .orElse(sensor);
                    found.add(new Input(kind, unique(chipName + " " + label, kind, names), file.toPath()));
                }
            }
        }
        if (found.stream().noneMatch(input -> input.kind == Kind.TEMPERATURE)) {
            found.addAll(zones(names));
        }
        return found;
    }

    private List<Input> zones(Set<String> names) {
        List<Input> found = new ArrayList<>();
        for (File zone : children(sysClass.resolve("thermal"))) {
            Optional<String> type = KernelFile.tryRead(zone.toPath().resolve("type"));
            if (type.isPresent() && zone.getName().startsWith("thermal_zone")) {
                String name = unique(type.get(), Kind.TEMPERATURE, names);
                found.add(new Input(Kind.TEMPERATURE, name, zone.toPath().resolve("temp")));
            }
        }
        return found;
    }

    /** Two drives have two chips of one name: the second is "nvme Composite 2". */
    private static String unique(String name, Kind kind, Set<String> names) {
        String candidate = name;
        for (int number = 2; !names.add(kind + candidate); number++) {
            candidate = name + " " + number;
        }
        return candidate;
    }

    private static List<File> children(Path folder) {
        File[] files = folder.toFile().listFiles();
        if (files == null) {
            return List.of();
        }
        // By length first: hwmon2 comes before hwmon10.
        Arrays.sort(
                files,
                Comparator.comparingInt((File file) -> file.getName().length())
                        .thenComparing(file -> file.getName().toLowerCase(Locale.ROOT)));
        return List.of(files);
    }

    private record Input(Kind kind, String name, Path file) {
        OptionalDouble read() {
            return KernelFile.tryRead(file).map(this::convert).orElse(OptionalDouble.empty());
        }

        private OptionalDouble convert(String text) {
            try {
                long number = Long.parseLong(text);
                return switch (kind) {
                    case FAN -> OptionalDouble.of((double) number);
                    case TEMPERATURE -> sane(number / 1000.0);
                };
            } catch (NumberFormatException notNumber) {
                return OptionalDouble.empty();
            }
        }

        /** A sensor that is not connected answers with the end of its scale. */
        private static OptionalDouble sane(double celsius) {
            return celsius > COLDEST && celsius < HOTTEST ? OptionalDouble.of(celsius) : OptionalDouble.empty();
        }
    }
}
