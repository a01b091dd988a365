package io.tidepole.dashboard;

import java.util.List;

/**
 * A dashboard as it is kept.
 *
 * @param title of the last good version; the name where there is none
 * @param etag stands for the bytes of the file
 * @param yaml what the file says, good or not
 * @param json the last good version as a JSON object, or {@code null} where there is none
 * @param outline kind and place of its panels, as a JSON array
 * @param problems what is wrong with the file; empty if the last good version is what it says
 * @param modifiedMillis when the file was written
 */
public record StoredDashboard(
        String name,
        String title,
        String description,
        String etag,
        String yaml,
        String json,
        String outline,
        List<Problem> problems,
        long modifiedMillis) {
    public StoredDashboard {
        problems = List.copyOf(problems);
    }
}
