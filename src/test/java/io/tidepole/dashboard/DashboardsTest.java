package io.tidepole.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidepole.config.Config;
import io.tidepole.config.DashboardsConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DashboardsTest {
    private static final Precondition ABSENT = new Precondition.Absent();

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private Dashboards dashboards;

    @BeforeEach
    void open() {
        dashboards = open(true);
    }

    private Dashboards open(boolean editable) {
        DashboardsConfig settings = Config.of(
                        Map.of("dashboards.folder", folder.toString(), "dashboards.editable", String.valueOf(editable)))
                .dashboards();
        return new Dashboards(settings, notice -> told.add(new String(notice.json(), StandardCharsets.UTF_8)));
    }

    private static byte[] json(String title) {
        return ("{\"title\":\"" + title + "\",\"panels\":[]}").getBytes(StandardCharsets.UTF_8);
    }

    private Outcome.Saved saved(String name, String title, Precondition precondition) {
        Outcome outcome = dashboards.save(name, json(title), true, precondition);
        assertThat(outcome).isInstanceOf(Outcome.Saved.class);
        return (Outcome.Saved) outcome;
    }

    private static Outcome.Reason refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).reason();
    }

    private Path file(String name) {
        return folder.resolve(name + ".yaml");
    }

    @Test
    void saved_dashboard_is_a_yaml_file_and_found_by_its_name() throws IOException {
        Outcome.Saved saved = saved("hall-2", "Hall 2", ABSENT);

        assertThat(saved.created()).isTrue();
        assertThat(file("hall-2")).content().startsWith("title: Hall 2\n");
        assertThat(dashboards.find("hall-2"))
                .hasValueSatisfying(found -> assertThat(found.json()).startsWith("{\"title\":\"Hall 2\""));
        assertThat(told).singleElement().asString().contains("\"name\":\"hall-2\",\"etag\":\"");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("no draft is left").containsExactly(file("hall-2"));
        }
    }

    @Test
    void second_of_two_editors_is_refused_and_overwrites_nothing() {
        String begun = saved("a", "One", ABSENT).dashboard().etag();
        saved("a", "First", new Precondition.Unchanged(begun));

        Outcome second = dashboards.save("a", json("Second"), true, new Precondition.Unchanged(begun));

        assertThat(refused(second)).isEqualTo(Outcome.Reason.CHANGED);
        assertThat(file("a")).content().contains("First");
    }

    @Test
    void file_written_by_hand_since_is_not_overwritten_even_if_nobody_has_looked_yet() throws IOException {
        String begun = saved("a", "One", ABSENT).dashboard().etag();
        Files.writeString(file("a"), "title: By hand\n");

        assertThat(refused(dashboards.save("a", json("Mine"), true, new Precondition.Unchanged(begun))))
                .isEqualTo(Outcome.Reason.CHANGED);
        assertThat(refused(dashboards.delete("a", new Precondition.Unchanged(begun))))
                .isEqualTo(Outcome.Reason.CHANGED);
    }

    @Test
    void name_that_is_there_is_not_created_again() {
        saved("a", "One", ABSENT);

        assertThat(refused(dashboards.save("a", json("Two"), true, ABSENT))).isEqualTo(Outcome.Reason.CHANGED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../x", "a/b", "A", "", ".hidden", "a.yaml", "a b", "ä", "-a", "a\\b", "con\u0000"})
    void name_that_could_lead_elsewhere_is_refused(String name) {
        assertThat(refused(dashboards.save(name, json("x"), true, ABSENT))).isEqualTo(Outcome.Reason.BAD_NAME);
        assertThat(refused(dashboards.delete(name, ABSENT))).isEqualTo(Outcome.Reason.BAD_NAME);
        assertThat(dashboards.find(name)).isEmpty();
    }

    @Test
    void yaml_is_kept_as_it_was_sent_with_its_comments() {
        byte[] yaml = "# mine\ntitle: T\n".getBytes(StandardCharsets.UTF_8);

        dashboards.save("a", yaml, false, ABSENT);

        assertThat(file("a")).content().isEqualTo("# mine\ntitle: T\n");
    }

    @Test
    void dashboard_with_problems_is_not_saved() {
        Outcome outcome = dashboards.save("a", "{\"panels\":[1]}".getBytes(StandardCharsets.UTF_8), true, ABSENT);

        assertThat(refused(outcome)).isEqualTo(Outcome.Reason.INVALID);
        assertThat(((Outcome.Refused) outcome).problems()).hasSize(2);
        assertThat(file("a")).doesNotExist();
    }

    @Test
    void dashboard_that_is_too_large_is_not_even_read() {
        assertThat(refused(dashboards.save("a", new byte[Dashboards.MAX_BYTES + 1], true, ABSENT)))
                .isEqualTo(Outcome.Reason.TOO_LARGE);
    }

    @Test
    void folder_that_pages_may_not_write_is_left_alone() throws IOException {
        Files.writeString(file("a"), "title: T\n");
        Dashboards closed = open(false);
        closed.refresh();

        assertThat(refused(closed.save("b", json("x"), true, ABSENT))).isEqualTo(Outcome.Reason.NOT_EDITABLE);
        assertThat(refused(closed.delete("a", ABSENT))).isEqualTo(Outcome.Reason.NOT_EDITABLE);
        assertThat(closed.find("a")).isPresent();
    }

    @Test
    void file_that_breaks_keeps_its_last_good_version_and_says_why() throws IOException {
        Files.writeString(file("a"), "title: Good\n");
        dashboards.refresh();
        Files.writeString(file("a"), "title: Better\npanels: 3\n");

        dashboards.refresh();

        assertThat(dashboards.find("a")).hasValueSatisfying(found -> {
            assertThat(found.title()).isEqualTo("Good");
            assertThat(found.json()).contains("Good");
            assertThat(found.yaml()).contains("Better");
            assertThat(found.problems()).singleElement().satisfies(problem -> assertThat(problem.line())
                    .isEqualTo(2));
        });
        assertThat(told).hasSize(2);
    }

    @Test
    void file_that_is_mended_is_shown_again_and_one_that_is_gone_no_more() throws IOException {
        Files.writeString(file("a"), "title: [\n");
        dashboards.refresh();
        assertThat(dashboards.find("a"))
                .hasValueSatisfying(found -> assertThat(found.json()).isEqualTo("null"));

        Files.writeString(file("a"), "title: Mended\n");
        dashboards.refresh();
        assertThat(dashboards.find("a"))
                .hasValueSatisfying(found -> assertThat(found.problems()).isEmpty());

        Files.delete(file("a"));
        dashboards.refresh();
        assertThat(dashboards.all()).isEmpty();
        assertThat(told).last().asString().isEqualTo("{\"type\":\"dashboard\",\"name\":\"a\"}");
    }

    @Test
    void nothing_new_tells_nothing() throws IOException {
        Files.writeString(file("a"), "title: T\n");
        dashboards.refresh();
        dashboards.refresh();

        assertThat(told).hasSize(1);
    }

    @Test
    void folder_that_is_not_there_has_no_dashboards() {
        DashboardsConfig settings = new DashboardsConfig(folder.resolve("none"), true);
        Dashboards none = new Dashboards(settings, notice -> {});

        none.refresh();

        assertThat(none.all()).isEmpty();
        assertThat(Dashboards.check(settings.folder())).isEmpty();
    }

    @Test
    void deleted_dashboard_is_gone_from_disk() {
        String etag = saved("a", "One", ABSENT).dashboard().etag();

        assertThat(dashboards.delete("a", new Precondition.Unchanged(etag))).isInstanceOf(Outcome.Deleted.class);

        assertThat(file("a")).doesNotExist();
        assertThat(dashboards.find("a")).isEmpty();
    }

    @Test
    void check_names_files_and_lines() throws IOException {
        Files.writeString(file("good"), "title: T\n");
        Files.writeString(file("bad"), "title: T\nrange: long\n");
        Files.writeString(folder.resolve("Bad Name.yaml"), "title: T\n");
        Files.writeString(folder.resolve("notes.txt"), "not ours");

        assertThat(Dashboards.check(folder))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).startsWith(file("bad") + ":2: range: "))
                .anySatisfy(line -> assertThat(line).contains("Bad Name.yaml: a name is"));
    }
}
