package io.tidepole.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorTest {
    private static final SeriesKey SENSOR = SeriesKey.of("temperature", Map.of("device", "line-1-7", "site", "a\"b"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "temperature | true",
                "temperature{} | true",
                "humidity | false",
                "{device=\"line-1-7\"} | true",
                "temperature{device=~\"line-1-.*\"} | true",
                "temperature{device=~\"line\"} | false",
                "temperature{device!~\"line-2.*\", site='a\"b'} | true",
                "temperature{room=\"\"} | true",
                "temperature{room!=\"\"} | false",
                "{__name__=~\"temp.*\"} | true",
                "temperature { device = `line-1-7` , } | true",
            })
    void selector_matches_series_as_prometheus_does(String text, boolean matches) {
        assertThat(Selector.parse(text).matches(SENSOR)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "temperature{device=7} | expected a value in quotes at column 20",
                "temperature{device~\"7\"} | expected =, !=, =~ or !~ at column 19",
                "temperature{device=\"7 | the value is not closed at column 22",
                "temperature{device=\"7\" | expected ',' or '}' at column 23",
                "temperature} | unexpected '}' at column 12",
                "{} | a selector needs a metric name or a matcher that does not match the empty value at column 3",
                "{a=~\".*\"} | a selector needs a metric name or a matcher that does not match the empty value at column 10",
                "{a=~\"(\"} | not an expression (missing closing )) at column 5",
                "{a=\"\\x\"} | unknown escape at column 6",
                "{7=\"a\"} | expected a label name at column 2",
            })
    void broken_selector_is_refused_with_its_column(String text, String message) {
        assertThatThrownBy(() -> Selector.parse(text))
                .isInstanceOf(SelectorSyntaxException.class)
                .hasMessage(message);
    }

    @Test
    void canonical_form_does_not_depend_on_order_or_space() {
        assertThat(Selector.parse("m{ b = 'x', a=\"y\" }"))
                .isEqualTo(Selector.parse("m{a=\"y\",b=\"x\"}"))
                .hasToString("m{a=\"y\",b=\"x\"}");
    }

    @Property
    void any_text_is_parsed_or_refused(@ForAll String text) {
        try {
            Selector selector = Selector.parse(text);
            assertThat(Selector.parse(selector.toString())).isEqualTo(selector);
        } catch (SelectorSyntaxException refused) {
            assertThat(refused).hasMessageContaining("column");
        }
    }

    @Property
    void a_key_as_text_is_a_selector_for_itself(@ForAll String value) {
        SeriesKey key = SeriesKey.of("m", Map.of("label", value, "other", "x"));
        if (key.toString().length() < 1_000 && value.chars().allMatch(c -> c >= ' ')) {
            assertThat(Selector.parse(key.toString()).matches(key)).isTrue();
        }
    }
}
