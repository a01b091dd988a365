package io.tidepole.metric;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses series, in Prometheus matcher syntax: {@code temperature{device=~"line-1-.*"}}. A label that a series does
 * not have counts as empty. Expressions match the whole value and run in linear time (RE2).
 */
public final class Selector {
    /** The label that stands for the metric name. */
    static final String NAME = "__name__";

    private final List<Matcher> matchers;
    private final String text;

    Selector(List<Matcher> matchers) {
        List<Matcher> sorted = new ArrayList<>(matchers);
        sorted.sort(Comparator.comparing(Matcher::toString));
        this.matchers = List.copyOf(sorted);
        this.text = describe(this.matchers);
    }

    /**
     * Parses a selector.
     *
     * @throws SelectorSyntaxException with the column, if it is not one
     */
    public static Selector parse(String text) {
        return new SelectorParser(text).parse();
    }

    /** The one metric whose series it chooses, if it names one. */
    public Optional<String> metric() {
        return matchers.stream()
                .filter(matcher -> matcher.label.equals(NAME) && matcher.operator == Operator.EQUAL)
                .map(matcher -> matcher.value)
                .findFirst();
    }

    /** Labels that every series that it chooses has, with the value that they have there. */
    public Map<String, String> fixedLabels() {
        Map<String, String> fixed = new TreeMap<>();
        for (Matcher matcher : matchers) {
            if (matcher.operator == Operator.EQUAL && !matcher.label.equals(NAME) && !matcher.value.isEmpty()) {
                fixed.put(matcher.label, matcher.value);
            }
        }
        return fixed;
    }

    /** Whether the series is chosen. */
    public boolean matches(SeriesKey key) {
        for (Matcher matcher : matchers) {
            if (!matcher.matches(key)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The selector in one canonical form: equal selectors read the same. */
    @Override
    public String toString() {
        return text;
    }

    private static String describe(List<Matcher> matchers) {
        StringBuilder name = new StringBuilder();
        List<String> rest = new ArrayList<>();
        for (Matcher matcher : matchers) {
            if (name.isEmpty() && matcher.label.equals(NAME) && matcher.operator == Operator.EQUAL) {
                name.append(matcher.value);
            } else {
                rest.add(matcher.toString());
            }
        }
        return rest.isEmpty()
                ? name.toString()
                : name.append('{').append(String.join(",", rest)).append('}').toString();
    }

    enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        MATCH("=~"),
        NOT_MATCH("!~");

        final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        boolean isExpression() {
            return this == MATCH || this == NOT_MATCH;
        }

        boolean isNegative() {
            return this == NOT_EQUAL || this == NOT_MATCH;
        }
    }

    static final class Matcher {
        private static final Pattern NONE = Pattern.compile("");

        private final String label;
        private final Operator operator;
        private final String value;
        private final Pattern pattern;

        /** Throws PatternSyntaxException if the value of an expression is not one. */
        Matcher(String label, Operator operator, String value) {
            this.label = label;
            this.operator = operator;
            this.value = value;
            this.pattern = operator.isExpression() ? Expression.compile(value) : NONE;
        }

        boolean matches(SeriesKey key) {
            String actual = label.equals(NAME) ? key.metric() : key.label(label);
            boolean same = operator.isExpression() ? pattern.matches(actual) : Objects.equals(actual, value);
            return same != operator.isNegative();
        }

        boolean matchesEmpty() {
            boolean same = operator.isExpression() ? pattern.matches("") : value.isEmpty();
            return same != operator.isNegative();
        }

        @Override
        public String toString() {
            return label + operator.sign + '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        }
    }
}
