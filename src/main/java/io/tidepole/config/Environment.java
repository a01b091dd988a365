package io.tidepole.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings in environment variables: {@code TIDEPOLE_HTTP_PORT=9000}. */
final class Environment {
    private static final String PREFIX = "TIDEPOLE_";

    /** Not settings of the server: the first two belong to the tests, the last to start scripts. */
    private static final Set<String> OTHERS = Set.of("TIDEPOLE_JAR", "TIDEPOLE_BROWSER", "TIDEPOLE_OPTS");

    private Environment() {}

    /** Takes the settings, by name, so that the report has the same order each time. */
    static void read(Map<String, String> environment, Values values, Report report) {
        new TreeMap<>(environment).forEach((name, value) -> {
            Key<?> key = Names.ENVIRONMENT.get(name);
            if (key != null) {
                values.read(key, value, name, report);
            } else if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                report.add(Quoted.bare(name), "no such setting" + Names.hint(name, Names.ENVIRONMENT.keySet()));
            }
        });
    }
}
