package io.tidepole.dashboard;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * From where on a value needs someone.
 *
 * @param warn the warning's limit, in the panel's unit
 * @param critical the limit beyond which it is critical
 * @param direction on which side of a limit a value is bad
 * @param hysteresis how far a value must come back before it is good again, in the panel's unit
 */
record Thresholds(OptionalDouble warn, OptionalDouble critical, Direction direction, double hysteresis) {
    /** On which side of a limit a value is bad. */
    enum Direction {
        ABOVE,
        BELOW
    }

    Thresholds {
        problem(warn, critical, direction, hysteresis).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
    }

    /** What speaks against these values, if anything does. */
    static Optional<String> problem(
            OptionalDouble warn, OptionalDouble critical, Direction direction, double hysteresis) {
        if (warn.isEmpty() && critical.isEmpty()) {
            return Optional.of("needs warn, critical or both");
        }
        if (!(hysteresis >= 0)) {
            return Optional.of("hysteresis is not negative");
        }
        if (warn.isPresent() && critical.isPresent()) {
            double step = critical.getAsDouble() - warn.getAsDouble();
            if (direction == Direction.ABOVE && step < 0) {
                return Optional.of("critical is less than warn; with values that are bad below, say direction: below");
            }
            if (direction == Direction.BELOW && step > 0) {
                return Optional.of("critical is more than warn, and direction is below");
            }
        }
        return Optional.empty();
    }
}
