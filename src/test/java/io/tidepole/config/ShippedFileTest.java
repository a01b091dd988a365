package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.CommandLine.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file that people read: {@code conf/tidepole.yaml}. */
final class ShippedFileTest {
    private static final Path FILE = Path.of(CommandLine.DEFAULT_FILE);
    private static final Pattern LINE = Pattern.compile("( *)([a-z_]+):(?: (.*))?");

    /** A key as it stands in the file, and the comment above it. */
    private record Entry(String name, String value, String comment) {}

    @Test
    void file_as_shipped_gives_the_defaults() {
        Request request = new CommandLine(Map.of()).parse(List.of("--check"), Map.of(), Path.of(""));

        assertThat(request).isInstanceOfSatisfying(Request.Check.class, check -> {
            assertThat(check.config()).isEqualTo(Config.defaults());
            assertThat(check.file()).contains(CommandLine.DEFAULT_FILE);
        });
    }

    @Test
    void file_as_shipped_names_every_key_in_order_with_its_default() throws IOException {
        assertThat(entries().stream().map(entry -> entry.name() + ": " + entry.value()))
                .containsExactlyElementsOf(Keys.GROUPS.stream()
                        .flatMap(group -> group.keys().stream())
                        .map(key -> key.name() + ": " + (key.defaultText().isEmpty() ? "''" : key.defaultText()))
                        .toList());
    }

    @Test
    void file_as_shipped_explains_every_key_and_states_its_bounds() throws IOException {
        Map<String, String> comments = entries().stream().collect(Collectors.toMap(Entry::name, Entry::comment));

        assertThat(Keys.all()).allSatisfy(key -> {
            String comment = comments.getOrDefault(key.name(), "");
            assertThat(comment).as(key.name()).isNotEmpty();
            if (key.kind() instanceof Kind.Ranged<?> ranged) {
                assertThat(comment).as(key.name()).contains(ranged.highText());
            }
        });
    }

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        String group = "";
        StringBuilder comment = new StringBuilder();
        for (String line : Files.readAllLines(FILE)) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                comment.append(line);
                continue;
            }
            group = matcher.group(1).isEmpty() ? "" : group;
            if (matcher.group(3) == null) {
                group = matcher.group(2) + ".";
            } else {
                entries.add(new Entry(group + matcher.group(2), matcher.group(3), comment.toString()));
            }
            comment.setLength(0);
        }
        return entries;
    }
}
