package io.tidepole.prometheus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Functions of one value. */
enum ValueFunction {
    ABS(0, 0),
    CEIL(0, 0),
    FLOOR(0, 0),
    SQRT(0, 0),
    EXP(0, 0),
    LN(0, 0),
    LOG2(0, 0),
    LOG10(0, 0),
    SGN(0, 0),
    ROUND(0, 1),
    CLAMP(2, 2),
    CLAMP_MIN(1, 1),
    CLAMP_MAX(1, 1);

    final int fewestParameters;
    final int mostParameters;

    ValueFunction(int fewestParameters, int mostParameters) {
        this.fewestParameters = fewestParameters;
        this.mostParameters = mostParameters;
    }

    static Optional<ValueFunction> byName(String name) {
        return Arrays.stream(values())
                .filter(function -> function.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    double of(double value, double[] parameters) {
        return switch (this) {
            case ABS -> Math.abs(value);
            case CEIL -> Math.ceil(value);
            case FLOOR -> Math.floor(value);
            case SQRT -> Math.sqrt(value);
            case EXP -> Math.exp(value);
            case LN -> Math.log(value);
            case LOG2 -> Math.log(value) / Math.log(2);
            case LOG10 -> Math.log10(value);
            case SGN -> Math.signum(value);
            case ROUND -> round(value, parameters.length == 0 ? 1 : parameters[0]);
            case CLAMP ->
                parameters[0] > parameters[1] ? Double.NaN : Math.max(parameters[0], Math.min(parameters[1], value));
            case CLAMP_MIN -> Math.max(parameters[0], value);
            case CLAMP_MAX -> Math.min(parameters[0], value);
        };
    }

    private static double round(double value, double nearest) {
        return Math.floor(value / nearest + 0.5) * nearest;
    }
}
