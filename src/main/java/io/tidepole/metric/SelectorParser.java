package io.tidepole.metric;

import com.google.re2j.PatternSyntaxException;
import io.tidepole.metric.Selector.Matcher;
import io.tidepole.metric.Selector.Operator;
import java.util.ArrayList;
import java.util.List;

/** Reads one selector. Bounded in length and in matchers, as selectors come from strangers. */
final class SelectorParser {
    private static final int MAX_LENGTH = 2_000;
    private static final int MAX_MATCHERS = 32;

    private final String text;
    private final List<Matcher> matchers = new ArrayList<>();
    private int at;

    SelectorParser(String text) {
        this.text = text;
    }

    Selector parse() {
        if (text.length() > MAX_LENGTH) {
            throw new SelectorSyntaxException("a selector has at most " + MAX_LENGTH + " characters", MAX_LENGTH);
        }
        skipSpace();
        if (isNameStart(peek()) || peek() == ':') {
            matchers.add(new Matcher(Selector.NAME, Operator.EQUAL, name(true)));
            skipSpace();
        }
        if (peek() == '{') {
            at++;
            matchers();
            skipSpace();
        }
        if (at < text.length()) {
            throw problem("unexpected '" + text.charAt(at) + "'");
        }
        if (matchers.stream().allMatch(Matcher::matchesEmpty)) {
            throw problem("a selector needs a metric name or a matcher that does not match the empty value");
        }
        return new Selector(matchers);
    }

    private void matchers() {
        skipSpace();
        while (peek() != '}') {
            if (matchers.size() == MAX_MATCHERS) {
                throw problem("a selector has at most " + MAX_MATCHERS + " matchers");
            }
            matcher();
            skipSpace();
            if (peek() == ',') {
                at++;
                skipSpace();
            } else if (peek() != '}') {
                throw problem("expected ',' or '}'");
            }
        }
        at++;
    }

    private void matcher() {
        if (!isNameStart(peek())) {
            throw problem("expected a label name");
        }
        String label = name(false);
        skipSpace();
        Operator operator = operator();
        skipSpace();
        int start = at;
        String value = quoted();
        try {
            matchers.add(new Matcher(label, operator, value));
        } catch (PatternSyntaxException e) {
            at = start;
            throw problem("not an expression (" + e.getDescription() + ")");
        }
    }

    private Operator operator() {
        for (Operator operator : List.of(Operator.MATCH, Operator.NOT_MATCH, Operator.NOT_EQUAL, Operator.EQUAL)) {
            if (text.startsWith(operator.sign, at)) {
                at += operator.sign.length();
                return operator;
            }
        }
        throw problem("expected =, !=, =~ or !~");
    }

    private String quoted() {
        char quote = peek();
        if (quote != '"' && quote != '\'' && quote != '`') {
            throw problem("expected a value in quotes");
        }
        at++;
        StringBuilder value = new StringBuilder();
        while (peek() != quote) {
            if (at >= text.length()) {
                throw problem("the value is not closed");
            }
            value.append(quote != '`' && peek() == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        at++;
        return value.toString();
    }

    private char escaped() {
        at++;
        return switch (peek()) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '\\', '"', '\'' -> peek();
            default -> throw problem("unknown escape");
        };
    }

    private String name(boolean colons) {
        int start = at;
        while (isNameStart(peek()) || Character.isDigit(peek()) || (colons && peek() == ':')) {
            at++;
        }
        return text.substring(start, at);
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private SelectorSyntaxException problem(String what) {
        return new SelectorSyntaxException(what, at + 1);
    }
}
