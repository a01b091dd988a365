package io.tidepole.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DashboardReaderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        assertThat(DashboardReader.read(text, problems)).isEmpty();
        return problems.list().stream()
                .map(problem -> problem.describe("x.yaml"))
                .toList();
    }

    private static Dashboard read(String text) {
        Problems problems = new Problems();
        Optional<Dashboard> dashboard = DashboardReader.read(text, problems);
        assertThat(problems.list()).isEmpty();
        return dashboard.orElseThrow();
    }

    @Test
    void file_with_everything_reads_as_the_golden_json() throws IOException {
        Dashboard dashboard = read(Files.readString(GOLDEN.resolve("dashboard.yaml")));

        assertThat(TreeText.json(DashboardTree.of(dashboard)))
                .isEqualTo(Files.readString(GOLDEN.resolve("dashboard.json")).strip());
    }

    @Test
    void dashboard_written_and_read_again_is_the_same() throws IOException {
        Dashboard dashboard = read(Files.readString(GOLDEN.resolve("dashboard.yaml")));

        String yaml = TreeText.yaml(DashboardTree.of(dashboard));

        assertThat(yaml).isEqualTo(Files.readString(GOLDEN.resolve("dashboard-written.yaml")));
        assertThat(DashboardTree.of(read(yaml))).isEqualTo(DashboardTree.of(dashboard));
    }

    @Test
    void json_is_read_as_yaml_is() throws IOException {
        Dashboard dashboard = read(Files.readString(GOLDEN.resolve("dashboard.json")));

        assertThat(DashboardTree.of(dashboard))
                .isEqualTo(DashboardTree.of(read(Files.readString(GOLDEN.resolve("dashboard.yaml")))));
    }

    @Test
    void dashboards_as_shipped_are_good() {
        assertThat(Dashboards.check(Path.of("conf/dashboards"))).isEmpty();
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_in_its_line() {
        assertThat(
                        problems(
                                """
                title: T
                intervall: 1s
                panels:
                  - kind: pie
                    x: 0
                    y: 0
                    w: 13
                    h: 2
                    series:
                      - select: cpu_usage{
                        stat: median
                  - kind: stat
                    x: 0
                    y: 1
                    w: 2
                    h: 2
                    series: [{select: a}]
                    thresholds: {warn: 90, critical: 70}
                """))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:4: panels[0].kind: 'pie' is not one of line"))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:7: panels[0].w: is not a whole number"))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:10: panels[0].series[0].select: "))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:11: panels[0].series[0].stat: 'median' is not"))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:18: panels[1].thresholds: critical is less"))
                .anySatisfy(line -> assertThat(line).startsWith("x.yaml:2: intervall: no such key; there are"));
    }

    @Test
    void panels_over_each_other_are_refused_with_both_lines() {
        assertThat(
                        problems(
                                """
                title: T
                panels:
                  - {kind: text, x: 0, y: 0, w: 4, h: 2}
                  - {kind: text, x: 3, y: 1, w: 4, h: 2}
                """))
                .containsExactly("x.yaml:4: panels[1]: lies over panels[0], which begins in line 3");
    }

    @Test
    void statistics_that_differ_within_one_chart_are_refused() {
        assertThat(
                        problems(
                                """
                title: T
                panels:
                  - {kind: line, x: 0, y: 0, w: 4, h: 2, series: [{select: a}, {select: b, stat: max}]}
                """))
                .singleElement()
                .asString()
                .contains("panels[0].series")
                .contains("same stat");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "just text",
                "- a\n- b",
                "title: [1, 2]",
                "title: &a x\npanels: [*a]",
                "title: x\n---\ntitle: y",
                "\"unclosed",
                "title: x\npanels: {a: 1}",
                "title: x\ntitle: y",
                "? [a, b]\n: c",
                "title: x\nrange: 5 bananas",
                "title: x\ninterval: 3s",
                "title:"
            })
    void text_that_is_no_dashboard_is_a_problem_and_no_failure(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThat(problems("title: " + "[".repeat(100_000)))
                .singleElement()
                .asString()
                .contains("nested too deeply");
    }
}
