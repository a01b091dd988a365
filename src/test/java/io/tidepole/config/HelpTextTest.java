package io.tidepole.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HelpTextTest {
    private static final CommandLine LINE = new CommandLine(Map.of("bench", "measure a server"));

    @Test
    void help_every_key_is_named_with_its_default() {
        assertThat(Keys.all()).allSatisfy(key -> assertThat(LINE.help())
                .contains("  " + key.option() + "=" + key.defaultText().split(" ", 2)[0]));
    }

    @Test
    void help_every_line_fits_eighty_columns() {
        assertThat(LINE.help().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void help_commands_given_are_listed() {
        assertThat(LINE.help()).contains("  bench  measure a server\n");
        assertThat(new CommandLine(Map.of()).help()).doesNotContain("first word");
    }

    @Test
    void table_of_keys_has_every_key_once() throws IllegalAccessException {
        List<Field> fields = Arrays.stream(Keys.class.getDeclaredFields())
                .filter(field -> field.getType() == Key.class)
                .toList();

        assertThat(Keys.all()).hasSameSizeAs(fields).doesNotHaveDuplicates();
        for (Field field : fields) {
            Key<?> key = (Key<?>) field.get(null);
            assertThat(Keys.all()).contains(key);
            assertThat("TIDEPOLE_" + field.getName()).isEqualTo(key.environmentName());
        }
    }
}
