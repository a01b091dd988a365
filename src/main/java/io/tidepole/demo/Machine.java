package io.tidepole.demo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** One simulated machine: values that drift, follow a shift's rhythm, and go wrong now and then. */
final class Machine {
    private static final String[] KINDS = {"oven", "press", "pump", "climate"};
    private static final double SHIFT_SECONDS = 600;

    final String device;
    final String line;
    final String kind;
    private final Random random;
    private final double phase;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private double pieces;
    private double quietUntilSeconds;
    private double troubleUntilSeconds;

    Machine(int number) {
        kind = KINDS[number % KINDS.length];
        line = "line-" + (number / KINDS.length % 3 + 1);
        device = kind + "-" + (number + 1);
        random = new Random(7_919L * number + 17);
        phase = random.nextDouble() * 2 * Math.PI;
    }

    /** What it measures now; nothing while it is silent. */
    Map<String, Double> at(double seconds) {
        if (seconds < quietUntilSeconds) {
            return Map.of();
        }
        if (random.nextInt(900) == 0) {
            quietUntilSeconds = seconds + 20 + random.nextInt(40);
        }
        if (random.nextInt(300) == 0) {
            troubleUntilSeconds = seconds + 10 + random.nextInt(20);
        }
        double load = 0.6 + 0.35 * Math.sin(phase + 2 * Math.PI * seconds / SHIFT_SECONDS);
        double trouble = seconds < troubleUntilSeconds ? 1 : 0;
        switch (kind) {
            case "oven" -> {
                set("temperature", 180 + 40 * load + 35 * trouble, 1.2, 1);
                set("power", 2_000 + 9_000 * load, 120, 0);
            }
            case "press" -> {
                set("pressure", 900 + 220 * load - 150 * trouble, 6, 1);
                set("vibration", 1.5 + 2 * load + 6 * trouble, 0.25, 2);
                pieces += random.nextDouble() < load ? 1 : 0;
                values.put("pieces_total", pieces);
            }
            case "pump" -> {
                set("flow", 12 * load * (1 - 0.7 * trouble), 0.3, 2);
                set("power", 400 + 700 * load, 15, 0);
            }
            default -> {
                set("temperature", 21 + 2 * load + 3 * trouble, 0.1, 1);
                set("humidity", 44 + 8 * load, 0.4, 1);
                set("co2", 450 + 500 * load, 12, 0);
            }
        }
        return values;
    }

    /** Moves a value a tenth of the way to where it should be, with noise, as a sensor of so many decimals shows it. */
    private void set(String measure, double aim, double noise, int decimals) {
        double before = values.getOrDefault(measure, aim);
        double next = before + 0.1 * (aim - before) + noise * random.nextGaussian();
        double scale = Math.pow(10, decimals);
        values.put(measure, Math.round(Math.max(0, next) * scale) / scale);
    }
}
