package io.tidepole.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EvaluatorTest {
    private static final long T = 1_760_000_000L;
    private final ListStorage storage = new ListStorage();

    /** What a query yields at T, as {@code {labels}=value}. */
    private List<String> at(String query) {
        Evaluator evaluator = new Evaluator(storage, Grid.at(T * 1_000, Grid.LOOKBACK_MILLIS));
        return rows(Parser.parse(query).columns(evaluator));
    }

    private List<String> over(String query, int steps, int stepSeconds) {
        Grid grid = Grid.range(
                T * 1_000, (T + (steps - 1L) * stepSeconds) * 1_000, stepSeconds * 1_000L, Grid.LOOKBACK_MILLIS);
        return rows(Parser.parse(query).columns(new Evaluator(storage, grid)));
    }

    private static List<String> rows(List<Column> columns) {
        List<String> rows = new ArrayList<>();
        for (Column column : columns) {
            StringBuilder row = new StringBuilder(column.labels().toString());
            for (int i = 0; i < column.values().length; i++) {
                row.append(i == 0 ? "=" : ",");
                row.append(column.present().get(i) ? PromJson.text(column.values()[i]) : "-");
            }
            rows.add(row.toString());
        }
        return rows;
    }

    private void sites() {
        storage.with("t", Map.of("site", "a", "id", "1"), T - 10, 1)
                .with("t", Map.of("site", "a", "id", "2"), T - 10, 3)
                .with("t", Map.of("site", "b", "id", "3"), T - 10, 8)
                .with("limit", Map.of("site", "a"), T - 10, 2)
                .with("limit", Map.of("site", "b"), T - 10, 10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sum by (site) (t) | [{site=a}=4, {site=b}=8]",
                "sum(t) by (site) | [{site=a}=4, {site=b}=8]",
                "avg(t) | [{}=4]",
                "min without (id) (t) | [{site=a}=1, {site=b}=8]",
                "max(t{site=\"a\"}) | [{}=3]",
                "count by (site) (t) | [{site=a}=2, {site=b}=1]",
                "group(t) | [{}=1]",
                "quantile(0.5, t) | [{}=3]",
                "quantile by (site) (0.75, t) | [{site=a}=2.5, {site=b}=8]",
                "stddev by (site) (t) | [{site=a}=1, {site=b}=0]",
                "topk(1, t) | [{__name__=t, id=3, site=b}=8]",
                "bottomk(1, t) | [{__name__=t, id=1, site=a}=1]",
                "t > 2 | [{__name__=t, id=2, site=a}=3, {__name__=t, id=3, site=b}=8]",
                "t > bool 2 | [{id=1, site=a}=0, {id=2, site=a}=1, {id=3, site=b}=1]",
                "10 - limit | [{site=a}=8, {site=b}=0]",
                "-limit | [{site=a}=-2, {site=b}=-10]",
                "sum by (site) (t) / limit | [{site=a}=2, {site=b}=0.8]",
                "sum by (site) (t) > on(site) limit | [{site=a}=4]",
                "t and on(site) limit == 10 | [{__name__=t, id=3, site=b}=8]",
                "t unless on(site) (limit == 10) | [{__name__=t, id=1, site=a}=1, {__name__=t, id=2, site=a}=3]",
                "limit{site=\"a\"} or limit | [{__name__=limit, site=a}=2, {__name__=limit, site=b}=10]",
                "abs(vector(-3)) | [{}=3]",
                "clamp(limit, 3, 5) | [{site=a}=3, {site=b}=5]",
                "round(vector(2.46), 0.1) | [{}=2.5]",
                "vector(scalar(limit{site=\"b\"})) | [{}=10]",
                "vector(time()) | [{}=1760000000]",
                "nothing | []",
                "sum(nothing) | []"
            })
    void expression_yields_what_it_does_in_prometheus(String query, String expected) {
        sites();
        assertThat(at(query).toString()).isEqualTo(expected);
    }

    @Test
    void instant_selector_takes_the_newest_sample_of_five_minutes_and_none_older() {
        storage.with("t", Map.of(), T - 300, 1).with("u", Map.of(), T - 299, 2).with("u", Map.of(), T + 1, 3);

        assertThat(at("t")).isEmpty();
        assertThat(at("u")).containsExactly("{__name__=u}=2");
        assertThat(at("t offset 1s")).containsExactly("{__name__=t}=1");
        assertThat(over("u", 4, 1)).containsExactly("{__name__=u}=2,3,3,3");
        assertThat(over("t offset 1m", 3, 60)).containsExactly("{__name__=t}=1,-,-");
    }

    @Test
    void rate_is_stretched_to_the_ends_of_its_range_and_takes_resets_for_starts_at_zero() {
        for (int i = 0; i <= 6; i++) {
            storage.with("c", Map.of(), T - 60 + i * 10L, i < 4 ? 100 + i * 20 : (i - 4) * 20 + 5);
        }

        // The sample exactly 60 s old does not count: 120 140 160 5 25 45 over 50 s.
        double growth = 20 + 20 + 5 + 20 + 20;
        assertThat(value("increase(c[1m])")).isCloseTo(growth * 60 / 50, within(1e-9));
        assertThat(value("rate(c[1m])")).isCloseTo(growth / 50, within(1e-9));
        assertThat(value("irate(c[1m])")).isEqualTo(2);
        assertThat(value("idelta(c[1m])")).isEqualTo(20);
        assertThat(value("delta(c[1m])")).isCloseTo((45.0 - 120) * 60 / 50, within(1e-9));
        assertThat(at("rate(c[5s])")).isEmpty();
    }

    @Test
    void increase_never_reaches_back_to_where_a_counter_would_have_been_below_zero() {
        for (int i = 0; i < 4; i++) {
            storage.with("c", Map.of(), T - 30 + i * 10L, 1 + i * 10);
        }

        // Of the 10 s before the first sample only that one counts in which it grew from 0 to 1.
        assertThat(value("increase(c[40s])")).isCloseTo(30 * (30 + 1) / 30.0, within(1e-9));
    }

    private double value(String query) {
        Evaluator evaluator = new Evaluator(storage, Grid.at(T * 1_000, Grid.LOOKBACK_MILLIS));
        List<Column> columns = Parser.parse(query).columns(evaluator);
        assertThat(columns).hasSize(1);
        return columns.get(0).values()[0];
    }

    @Test
    void functions_over_time_take_the_samples_of_their_range() {
        for (int i = 0; i < 10; i++) {
            storage.with("t", Map.of("a", "b"), T - i * 10L, i);
        }

        assertThat(at("avg_over_time(t[30s])")).containsExactly("{a=b}=1");
        assertThat(at("min_over_time(t[30s])")).containsExactly("{a=b}=0");
        assertThat(at("max_over_time(t[30s])")).containsExactly("{a=b}=2");
        assertThat(at("sum_over_time(t[30s])")).containsExactly("{a=b}=3");
        assertThat(at("count_over_time(t[30s])")).containsExactly("{a=b}=3");
        assertThat(at("last_over_time(t[30s] offset 10s)")).containsExactly("{a=b}=1");
        assertThat(at("quantile_over_time(0.5, t[30s])")).containsExactly("{a=b}=1");
        assertThat(over("count_over_time(t[20s])", 3, 10)).containsExactly("{a=b}=2,1,-");
    }

    @Test
    void sides_that_belong_together_in_more_than_one_way_are_refused() {
        sites();
        assertThatThrownBy(() -> at("t * on(site) limit")).hasMessageContaining("many-to-many");
    }

    @Test
    void two_metrics_with_the_same_labels_are_refused_once_they_lose_their_names() {
        storage.with("x", Map.of("a", "1"), T, 1).with("y", Map.of("a", "1"), T, 2);

        assertThat(at("{a=\"1\"}")).hasSize(2);
        assertThatThrownBy(() -> at("-{a=\"1\"}")).hasMessageContaining("same labelset");
    }

    @Test
    void question_for_too_many_values_is_refused() {
        for (int i = 0; i < 600; i++) {
            storage.with("t", Map.of("i", "" + i), T, 1);
        }
        assertThatThrownBy(() -> over("t", 10_000, 1))
                .hasMessageContaining("too many samples")
                .isInstanceOf(QueryException.class);
        assertThatThrownBy(() -> Grid.range(0, 11_002_000, 1_000, 1)).hasMessageContaining("11,000");
        assertThatThrownBy(() -> Grid.range(2, 1, 1_000, 1)).hasMessageContaining("before start");
        assertThatThrownBy(() -> Grid.range(1, 2, 0, 1)).hasMessageContaining("step");
    }

    @Test
    void numbers_are_written_without_exponents() {
        assertThat(PromJson.text(1e21)).isEqualTo("1000000000000000000000");
        assertThat(PromJson.text(0.1)).isEqualTo("0.1");
        assertThat(PromJson.text(1.5e-7)).isEqualTo("0.00000015");
        assertThat(PromJson.text(-0.0)).isEqualTo("0");
        assertThat(PromJson.text(Double.NaN)).isEqualTo("NaN");
        assertThat(PromJson.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Inf");
    }
}
