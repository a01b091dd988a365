package io.tidepole.dashboard;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of dashboards, which are names of files: nothing in them can lead out of the folder. */
final class DashboardName {
    static final String RULE = "a name is 1 to 64 of a-z, 0-9, - and _, and begins with a letter or a digit";

    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");
    private static final String SUFFIX = ".yaml";

    private DashboardName() {}

    static boolean isGood(String name) {
        return SHAPE.matcher(name).matches();
    }

    static String file(String name) {
        return name + SUFFIX;
    }

    /** The name of the dashboard in a file; empty if the file is something else. */
    static Optional<String> of(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".")
                ? Optional.of(name.substring(0, name.length() - SUFFIX.length()))
                : Optional.empty();
    }
}
