package io.tidepole.prometheus;

import io.tidepole.metric.Selector;
import io.tidepole.metric.SelectorSyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the part of PromQL that {@code docs/prometheus.md} names. Bounded in length and depth, as queries come from
 * strangers.
 */
final class Parser {
    static final int MAX_LENGTH = 16_384;
    private static final int MAX_DEPTH = 50;
    /** Longer signs first, as some begin like others. */
    private static final List<Operator> SIGNS = Arrays.stream(Operator.values())
            .sorted(Comparator.comparing(operator -> -operator.sign.length()))
            .toList();

    private final Scanner in;
    private int depth;

    private Parser(String text) {
        in = new Scanner(text);
    }

    static Expression parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw QueryException.badData("invalid parameter \"query\": more than " + MAX_LENGTH + " characters");
        }
        Parser parser = new Parser(text);
        if (parser.in.isAtEnd()) {
            throw parser.in.problem("no expression found in input");
        }
        Expression expression = parser.expression(1);
        if (!parser.in.isAtEnd()) {
            throw parser.in.problem("unexpected '" + parser.in.peek() + "'");
        }
        return expression;
    }

    private Expression expression(int leastPrecedence) {
        if (++depth > MAX_DEPTH) {
            throw in.problem("nested more than " + MAX_DEPTH + " deep");
        }
        Expression left = unary();
        for (Optional<Operator> next = operator(leastPrecedence); next.isPresent(); next = operator(leastPrecedence)) {
            left = binary(left, next.get());
        }
        depth--;
        return left;
    }

    private Optional<Operator> operator(int leastPrecedence) {
        for (Operator operator : SIGNS) {
            int start = in.at();
            boolean here = operator.isSet() ? in.takeWord(operator.sign) : in.take(operator.sign);
            if (here && operator.precedence >= leastPrecedence) {
                return Optional.of(operator);
            }
            in.back(start);
        }
        return Optional.empty();
    }

    private Expression binary(Expression left, Operator operator) {
        boolean bool = in.takeWord("bool");
        if (bool && !operator.isComparison()) {
            throw in.problem("bool modifier can only be used on comparison operators");
        }
        Expression.Matching matching = matching();
        // Powers are taken from the right, all else from the left.
        Expression right = expression(operator == Operator.POWER ? operator.precedence : operator.precedence + 1);
        if (left.type() == Expression.Type.RANGE || right.type() == Expression.Type.RANGE) {
            throw in.problem("binary expression must contain only scalar and instant vector types");
        }
        boolean scalars = left.type() == Expression.Type.SCALAR && right.type() == Expression.Type.SCALAR;
        if (operator.isComparison() && scalars && !bool) {
            throw in.problem("comparisons between scalars must use BOOL modifier");
        }
        if (operator.isSet() && (left.type() == Expression.Type.SCALAR || right.type() == Expression.Type.SCALAR)) {
            throw in.problem("set operator \"" + operator.sign + "\" not allowed in binary scalar expression");
        }
        return new Expression.Binary(operator, bool, matching, left, right);
    }

    private Expression.Matching matching() {
        boolean on = in.takeWord("on");
        if (!on && !in.takeWord("ignoring")) {
            return Expression.Matching.ALL;
        }
        Expression.Matching matching = new Expression.Matching(on, labels());
        if (in.takeWord("group_left") || in.takeWord("group_right")) {
            throw in.problem("group_left and group_right are not supported");
        }
        return matching;
    }

    private Expression unary() {
        if (in.take("+")) {
            return numeric(expression(Operator.POWER.precedence));
        }
        if (in.take("-")) {
            return new Expression.Negation(numeric(expression(Operator.POWER.precedence)));
        }
        return primary();
    }

    private Expression numeric(Expression of) {
        if (of.type() == Expression.Type.RANGE) {
            throw in.problem("unary expression only allowed on expressions of type scalar or instant vector");
        }
        return of;
    }

    private Expression primary() {
        char first = in.peek();
        if (first == '(') {
            in.next();
            Expression inner = expression(1);
            in.expect(')');
            return inner;
        }
        if (Scanner.isDigit(first) || first == '.') {
            return new Expression.Literal(in.number());
        }
        if (first == '{') {
            return selector(in.at());
        }
        if (first == '"' || first == '\'' || first == '`') {
            throw in.problem("strings are not supported");
        }
        if (!in.isName()) {
            throw in.problem(first == '\0' ? "unexpected end of input" : "unexpected '" + first + "'");
        }
        int start = in.at();
        String name = in.name();
        switch (name.toLowerCase(Locale.ROOT)) {
            case "inf" -> {
                return new Expression.Literal(Double.POSITIVE_INFINITY);
            }
            case "nan" -> {
                return new Expression.Literal(Double.NaN);
            }
            default -> {
                return named(start, name);
            }
        }
    }

    private Expression named(int start, String name) {
        Optional<Aggregator> aggregator = Aggregator.byName(name);
        int after = in.at();
        if (aggregator.isPresent() && (in.peek() == '(' || in.takeWord("by") || in.takeWord("without"))) {
            in.back(after);
            return aggregation(aggregator.get());
        }
        in.back(after);
        if (in.peek() == '(') {
            return call(name, start);
        }
        return selector(start);
    }

    private Expression aggregation(Aggregator aggregator) {
        Optional<Grouping> before = grouping();
        List<Expression> arguments = arguments();
        Grouping grouping = before.or(this::grouping).orElse(new Grouping(false, Set.of()));
        int expected = aggregator.hasParameter() ? 2 : 1;
        if (arguments.size() != expected) {
            throw in.problem("wrong number of arguments for aggregate expression provided, expected " + expected
                    + ", got " + arguments.size());
        }
        Expression of = arguments.get(expected - 1);
        require(of, Expression.Type.VECTOR, "aggregation \"" + aggregator.text() + "\"");
        if (expected == 2) {
            require(arguments.get(0), Expression.Type.SCALAR, "aggregation parameter");
        }
        return new Expression.Aggregation(
                aggregator,
                expected == 2 ? Optional.of(arguments.get(0)) : Optional.empty(),
                grouping.without,
                grouping.labels,
                of);
    }

    private record Grouping(boolean without, Set<String> labels) {}

    private Optional<Grouping> grouping() {
        if (in.takeWord("by")) {
            return Optional.of(new Grouping(false, labels()));
        }
        if (in.takeWord("without")) {
            return Optional.of(new Grouping(true, labels()));
        }
        return Optional.empty();
    }

    private Set<String> labels() {
        Set<String> labels = new TreeSet<>();
        in.expect('(');
        while (!in.take(")")) {
            if (!in.isName() || in.peek() == ':') {
                throw in.problem("expected a label name");
            }
            String label = in.name();
            labels.add(label);
            if (in.peek() != ')') {
                in.expect(',');
            }
        }
        return labels;
    }

    private List<Expression> arguments() {
        List<Expression> arguments = new ArrayList<>();
        in.expect('(');
        while (!in.take(")")) {
            arguments.add(expression(1));
            if (in.peek() != ')') {
                in.expect(',');
            }
        }
        return arguments;
    }

    private Expression call(String name, int start) {
        List<Expression> arguments = arguments();
        Optional<RangeFunction> overRange = RangeFunction.byName(name);
        if (overRange.isPresent()) {
            return overRange(overRange.get(), arguments);
        }
        Optional<ValueFunction> overValues = ValueFunction.byName(name);
        if (overValues.isPresent()) {
            return overValues(overValues.get(), arguments);
        }
        return switch (name) {
            case "time" -> {
                count(name, arguments, 0, 0);
                yield new Expression.Time();
            }
            case "scalar" -> {
                count(name, arguments, 1, 1);
                yield new Expression.ToScalar(
                        require(arguments.get(0), Expression.Type.VECTOR, "call to function \"scalar\""));
            }
            case "vector" -> {
                count(name, arguments, 1, 1);
                yield new Expression.ToVector(
                        require(arguments.get(0), Expression.Type.SCALAR, "call to function \"vector\""));
            }
            default -> {
                in.back(start);
                throw in.problem("unknown function with name \"" + name + "\"");
            }
        };
    }

    private Expression overRange(RangeFunction function, List<Expression> arguments) {
        int expected = function.hasParameter() ? 2 : 1;
        count(function.text(), arguments, expected, expected);
        if (!(arguments.get(expected - 1) instanceof Expression.Range range)) {
            throw mismatch(
                    Expression.Type.RANGE, "call to function \"" + function.text() + "\"", arguments.get(expected - 1));
        }
        Optional<Expression> parameter = expected == 2
                ? Optional.of(require(
                        arguments.get(0), Expression.Type.SCALAR, "call to function \"" + function.text() + "\""))
                : Optional.empty();
        return new Expression.OverRange(function, parameter, range);
    }

    private Expression overValues(ValueFunction function, List<Expression> arguments) {
        String name = function.name().toLowerCase(Locale.ROOT);
        count(name, arguments, function.fewestParameters + 1, function.mostParameters + 1);
        String context = "call to function \"" + name + "\"";
        require(arguments.get(0), Expression.Type.VECTOR, context);
        List<Expression> parameters = arguments.subList(1, arguments.size());
        parameters.forEach(parameter -> require(parameter, Expression.Type.SCALAR, context));
        return new Expression.OverValues(function, arguments.get(0), List.copyOf(parameters));
    }

    private void count(String name, List<Expression> arguments, int fewest, int most) {
        if (arguments.size() < fewest || arguments.size() > most) {
            throw in.problem("expected " + fewest + (most > fewest ? " to " + most : "") + " argument(s) in call to \""
                    + name + "\", got " + arguments.size());
        }
    }

    private Expression require(Expression expression, Expression.Type type, String context) {
        if (expression.type() != type) {
            throw mismatch(type, context, expression);
        }
        return expression;
    }

    private QueryException mismatch(Expression.Type type, String context, Expression actual) {
        return in.problem("expected type " + type.text + " in " + context + ", got " + actual.type().text);
    }

    private Expression selector(int start) {
        int end = in.at();
        if (in.peek() == '{') {
            skipMatchers();
            end = in.at();
        }
        Selector selector;
        try {
            selector = Selector.parse(in.between(start, end));
        } catch (SelectorSyntaxException e) {
            in.back(start);
            throw in.problem(String.valueOf(e.getMessage()));
        }
        long rangeMillis = 0;
        if (in.take("[")) {
            rangeMillis = in.duration();
            if (in.peek() == ':') {
                throw in.problem("subqueries are not supported");
            }
            in.expect(']');
        }
        long offsetMillis = offset();
        if (in.peek() == '@') {
            throw in.problem("the @ modifier is not supported");
        }
        return rangeMillis > 0
                ? new Expression.Range(selector, rangeMillis, offsetMillis)
                : new Expression.Instant(selector, offsetMillis);
    }

    private long offset() {
        if (!in.takeWord("offset")) {
            return 0;
        }
        boolean negative = in.take("-");
        return negative ? -in.duration() : in.duration();
    }

    private void skipMatchers() {
        char quote = '\0';
        while (in.raw() != '\0') {
            char c = in.raw();
            in.next();
            if (quote == '\0' && c == '}') {
                return;
            }
            if (quote == '\0' && (c == '"' || c == '\'' || c == '`')) {
                quote = c;
            } else if (c == quote) {
                quote = '\0';
            } else if (c == '\\' && quote != '\0' && quote != '`') {
                in.next();
            }
        }
        throw in.problem("unexpected end of input inside braces");
    }
}
