package io.tidepole.dashboard;

/**
 * What a panel of states calls the values from a number on, up to the next one.
 *
 * @param from the least value
 * @param text its name
 * @param level how it is drawn
 */
record StateName(double from, String text, Level level) {
    /** How things are. */
    enum Level {
        NONE,
        OK,
        WARNING,
        CRITICAL
    }
}
