package io.tidepole.host;

/**
 * What one sensor says.
 *
 * @param kind what it measures
 * @param name unique among its kind on this machine
 * @param value in the kind's unit
 */
record SensorValue(Kind kind, String name, double value) {
    /** What is measured. */
    enum Kind {
        /** Degrees Celsius. */
        TEMPERATURE,
        /** Turns per minute. */
        FAN
    }
}
