package io.tidepole.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
    private static final List<String> PIECES = List.of(
            "sum",
            "by",
            "without",
            "(",
            ")",
            "{",
            "}",
            "[",
            "]",
            ",",
            "cpu",
            "rate",
            "5m",
            "offset",
            "-",
            "+",
            "*",
            "^",
            "==",
            "bool",
            "on",
            "ignoring",
            "1",
            "0x1F",
            ".5e3",
            "\"",
            "=~",
            "a=\"b\"",
            "and",
            "or",
            "unless",
            " ",
            "#",
            "\n",
            "topk",
            "NaN",
            "inf",
            "quantile",
            "time",
            "\\",
            "@",
            ":",
            "\u0000",
            "é",
            "group_left");

    @Provide
    Arbitrary<String> almostQueries() {
        return Arbitraries.of(PIECES).list().ofMaxSize(40).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 1_000)
    void text_that_is_almost_a_query_is_read_or_refused_with_its_place(@ForAll("almostQueries") String text) {
        readOrRefused(text);
    }

    @Property(tries = 500)
    void any_text_is_read_or_refused_with_its_place(@ForAll String text) {
        readOrRefused(text);
    }

    private static void readOrRefused(String text) {
        try {
            assertThat(Parser.parse(text).type()).isNotNull();
        } catch (QueryException e) {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.reason()).matches("(?s)invalid parameter \"query\": \\d+:\\d+: parse error: .+");
        }
    }

    @Provide
    Arbitrary<String> queries() {
        Arbitrary<String> leaves = Arbitraries.of(
                "1",
                "cpu",
                "cpu{a=\"b\"}",
                "rate(cpu[5m])",
                "vector(2)",
                "sum by (a) (cpu)",
                "cpu offset 1m",
                "time()");
        return Arbitraries.recursive(() -> leaves, ParserTest::larger, 0, 4);
    }

    private static Arbitrary<String> larger(Arbitrary<String> inner) {
        Arbitrary<String> signs = Arbitraries.of(" + ", "-", "*", " / ", "%", "^", " == bool ", " >bool ");
        return Arbitraries.oneOf(
                inner.map(each -> "(" + each + ")"),
                inner.map(each -> "-" + each),
                Combinators.combine(inner, signs, inner).as((left, sign, right) -> left + sign + right));
    }

    @Property(tries = 200)
    void expression_that_is_right_is_read_with_or_without_space_and_parentheses(@ForAll("queries") String text) {
        assertThat(Parser.parse(text)).isEqualTo(Parser.parse("( " + text + " )\n # so"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "2 ^ 3 ^ 2 | 512",
                "-2 ^ 2 | -4",
                "(1 + 2) * 3 | 9",
                "10 % 4 - 1 | 1",
                "1 > bool 2 | 0",
                "0x10 + 1e2 | 116",
                "2 * -3 | -6",
                "1 - 2 - 3 | -4"
            })
    void arithmetic_binds_as_in_prometheus(String text, double expected) {
        Evaluator evaluator = new Evaluator(new ListStorage(), Grid.at(0, 1));
        assertThat(Parser.parse(text).scalars(evaluator)).containsExactly(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cpu[5m",
                "rate(cpu)",
                "rate(cpu[5m], 1)",
                "sum(1)",
                "sum by (1) (cpu)",
                "cpu + cpu[5m]",
                "1 == 2",
                "1 and 2",
                "cpu + bool 1",
                "nonsense(cpu)",
                "cpu[5m:1m]",
                "cpu @ 3",
                "cpu * on(a) group_left cpu",
                "{a=~\".*\"}",
                "cpu{a=\"b",
                "cpu[0s]",
                "cpu[5parsecs]",
                "\"text\"",
                "clamp(cpu)",
                "topk(cpu)",
                "quantile_over_time(cpu[5m])",
                "1 2",
                "cpu)"
            })
    void what_is_wrong_or_not_covered_is_refused(String text) {
        assertThatThrownBy(() -> Parser.parse(text))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("parse error");
    }

    @Test
    void refusal_names_line_and_column() {
        assertThatThrownBy(() -> Parser.parse("cpu +\n  foo(1)"))
                .hasMessage("invalid parameter \"query\": 2:3: parse error: unknown function with name \"foo\"");
    }

    @Test
    void depth_and_length_are_bounded() {
        assertThatThrownBy(() -> Parser.parse("(".repeat(10_000))).hasMessageContaining("deep");
        assertThatThrownBy(() -> Parser.parse("-".repeat(10_000))).hasMessageContaining("deep");
        assertThatThrownBy(() -> Parser.parse("1+".repeat(10_000) + "1")).hasMessageContaining("characters");
        assertThat(Parser.parse("1+".repeat(5_000) + "1").type()).isEqualTo(Expression.Type.SCALAR);
    }
}
