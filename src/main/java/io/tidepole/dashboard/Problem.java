package io.tidepole.dashboard;

/**
 * What is wrong in a dashboard's file.
 *
 * @param line counted from 1; 0 where no line is to blame
 * @param at where in the dashboard: {@code panels[2].thresholds.warn}; empty for all of it
 */
public record Problem(int line, String at, String message) {
    /** The problem as a line of a report. */
    public String describe(String file) {
        String place = line > 0 ? file + ":" + line : file;
        return (at.isEmpty() ? place : place + ": " + at) + ": " + message;
    }
}
