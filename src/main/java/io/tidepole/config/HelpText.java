package io.tidepole.config;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The help text, at most 80 columns wide. */
final class HelpText {
    private static final String HEAD =
            """
            Tidepole shows live metrics of this machine, and of all that send it readings.

            Run it, and open the page that it names:
              java -jar tidepole.jar
              java -jar tidepole.jar --http.port=9000 --data=/var/lib/tidepole

            Options:
              --config=FILE  read FILE instead of conf/tidepole.yaml
              --check        say what is wrong with the configuration, and exit
              --version      print the version, and exit
              --help         print this text, and exit
            """;

    private static final String COMMANDS = """

            Other things to do, as the first word:
            """;

    private static final String SETTINGS =
            """

            Settings stand in the file, in the environment (TIDEPOLE_HTTP_PORT=9000) or
            here (--http.port=9000), and the last of these wins. With their defaults:
            """;

    /** Longer ones are lists, and stand in the file as a whole. */
    private static final int LONGEST_DEFAULT = 40;

    private HelpText() {}

    static String of(Map<String, String> commands) {
        StringBuilder text = new StringBuilder(HEAD);
        if (!commands.isEmpty()) {
            text.append(COMMANDS);
            table(new TreeMap<>(commands).entrySet().stream().toList(), text);
        }
        text.append(SETTINGS);
        for (Keys.Group group : Keys.GROUPS) {
            text.append('\n').append(group.title()).append(":\n");
            table(group.keys().stream().map(HelpText::row).toList(), text);
        }
        return text.toString();
    }

    private static Map.Entry<String, String> row(Key<?> key) {
        String text = key.defaultText();
        String shown = text.length() <= LONGEST_DEFAULT ? text : text.substring(0, text.indexOf(' ') + 1) + "…";
        return Map.entry(key.option() + "=" + shown, key.help());
    }

    private static void table(List<Map.Entry<String, String>> rows, StringBuilder text) {
        int width = rows.stream().mapToInt(row -> row.getKey().length()).max().orElse(0);
        for (Map.Entry<String, String> row : rows) {
            String padding = " ".repeat(width - row.getKey().length());
            text.append("  ")
                    .append(row.getKey())
                    .append(padding)
                    .append("  ")
                    .append(row.getValue())
                    .append('\n');
        }
    }
}
