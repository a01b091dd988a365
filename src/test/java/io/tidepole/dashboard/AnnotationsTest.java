package io.tidepole.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidepole.protocol.Notice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnnotationsTest {
    private static final long NOW = 1_760_000_000_000L;

    @TempDir
    Path folder;

    private final List<Notice> told = new ArrayList<>();

    private Annotations open() {
        Annotations annotations = new Annotations(folder, told::add);
        annotations.load();
        return annotations;
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void annotation_survives_a_restart_and_its_id_is_never_given_again() throws IOException {
        Annotations before = open();
        before.add(bytes("{\"time\":1000,\"timeEnd\":2000,\"text\":\" deploy \",\"tags\":[\"a\"]}"), NOW);
        before.add(bytes("{\"text\":\"second\"}"), NOW);
        before.remove(1);

        Annotations after = open();

        assertThat(after.json(0, Long.MAX_VALUE))
                .isEqualTo("[{\"id\":2,\"time\":" + NOW + ",\"text\":\"second\",\"tags\":[]}]");
        assertThat(after.add(bytes("{\"text\":\"third\"}"), NOW)).contains("\"id\":3");
    }

    @Test
    void annotations_are_found_by_what_they_touch() throws IOException {
        Annotations annotations = open();
        annotations.add(bytes("{\"time\":1000,\"timeEnd\":5000,\"text\":\"long\"}"), NOW);
        annotations.add(bytes("{\"time\":9000,\"text\":\"late\"}"), NOW);

        assertThat(annotations.json(4_000, 6_000)).contains("long").doesNotContain("late");
        assertThat(annotations.json(6_000, 8_000)).isEqualTo("[]");
    }

    @Test
    void each_change_is_told() throws IOException {
        Annotations annotations = open();
        annotations.add(bytes("{\"time\":1000,\"text\":\"x\"}"), NOW);
        annotations.remove(1);

        assertThat(told.stream().map(notice -> new String(notice.json(), StandardCharsets.UTF_8)))
                .containsExactly(
                        "{\"type\":\"annotation\",\"annotation\":{\"id\":1,\"time\":1000,\"text\":\"x\",\"tags\":[]}}",
                        "{\"type\":\"annotation\",\"removed\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"text\":\"  \"}",
                "{\"text\":1}",
                "{\"text\":\"x\",\"time\":-1}",
                "{\"text\":\"x\",\"time\":\"now\"}",
                "{\"text\":\"x\",\"time\":5,\"timeEnd\":4}",
                "{\"text\":\"x\",\"tags\":[1]}",
                "{\"text\":\"x\",\"tags\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\"]}",
                "{\"text\":\"x\""
            })
    void annotation_that_is_none_is_refused_and_nothing_is_kept(String json) {
        Annotations annotations = open();

        assertThatThrownBy(() -> annotations.add(bytes(json), NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThat(folder.resolve("annotations.jsonl")).doesNotExist();
    }

    @Test
    void of_too_many_the_oldest_goes() throws IOException {
        StringBuilder file = new StringBuilder();
        for (int i = 1; i <= Annotations.MAX; i++) {
            file.append("{\"id\":").append(i).append(",\"time\":").append(i).append(",\"text\":\"x\"}\n");
        }
        Files.writeString(folder.resolve("annotations.jsonl"), file);
        Annotations annotations = open();

        annotations.add(bytes("{\"text\":\"new\"}"), NOW);

        assertThat(annotations.json(0, 1)).isEqualTo("[]");
        assertThat(annotations.json(2, 2)).contains("\"id\":2,");
    }

    @Test
    void line_that_is_broken_loses_nothing_else() throws IOException {
        open().add(bytes("{\"time\":1000,\"text\":\"kept\"}"), NOW);
        Files.writeString(folder.resolve("annotations.jsonl"), "half a li", StandardOpenOption.APPEND);

        assertThat(open().json(0, NOW)).contains("kept");
    }
}
