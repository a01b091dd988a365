package io.tidepole.prometheus;

import java.util.Locale;

/** Reads the smallest parts of a query: names, numbers, times, signs. */
final class Scanner {
    private final String text;
    private int at;

    Scanner(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    boolean isAtEnd() {
        skip();
        return at == text.length();
    }

    String between(int from, int until) {
        return text.substring(from, until);
    }

    /** The next character that is neither space nor comment; NUL at the end. */
    char peek() {
        skip();
        return raw();
    }

    char raw() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    void next() {
        at++;
    }

    private void skip() {
        while (at < text.length()) {
            if (raw() == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (Character.isWhitespace(raw())) {
                at++;
            } else {
                return;
            }
        }
    }

    /** Takes a sign if it stands here. */
    boolean take(String sign) {
        skip();
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        return false;
    }

    void expect(char sign) {
        if (!take(String.valueOf(sign))) {
            throw problem("expected '" + sign + "'");
        }
    }

    boolean isName() {
        return isNameStart(peek());
    }

    /** A name, or nothing. */
    String name() {
        skip();
        int start = at;
        while (isNameStart(raw()) || isDigit(raw())) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Takes a word if it stands here, whatever its case. */
    boolean takeWord(String word) {
        skip();
        int start = at;
        if (isName() && name().toLowerCase(Locale.ROOT).equals(word)) {
            return true;
        }
        at = start;
        return false;
    }

    double number() {
        skip();
        int start = at;
        if (text.regionMatches(true, at, "0x", 0, 2)) {
            at += 2;
            while (Character.digit(raw(), 16) >= 0) {
                at++;
            }
            return parsed(start, true);
        }
        digits();
        if (raw() == '.') {
            at++;
            digits();
        }
        if (raw() == 'e' || raw() == 'E') {
            at++;
            if (raw() == '+' || raw() == '-') {
                at++;
            }
            digits();
        }
        return parsed(start, false);
    }

    private void digits() {
        while (isDigit(raw())) {
            at++;
        }
    }

    private double parsed(int start, boolean hexadecimal) {
        String number = text.substring(start, at);
        try {
            return hexadecimal ? (double) Long.parseLong(number.substring(2), 16) : Double.parseDouble(number);
        } catch (NumberFormatException e) {
            at = start;
            throw problem("bad number");
        }
    }

    /** A length of time like {@code 5m} or {@code 1h30m}, in milliseconds. */
    long duration() {
        skip();
        int start = at;
        while (isDigit(raw()) || (raw() >= 'a' && raw() <= 'z')) {
            at++;
        }
        try {
            return Times.duration(text.substring(start, at));
        } catch (IllegalArgumentException e) {
            at = start;
            throw problem(String.valueOf(e.getMessage()));
        }
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
    }

    QueryException problem(String what) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < Math.min(at, text.length()); i++) {
            boolean ends = text.charAt(i) == '\n';
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return QueryException.badData("invalid parameter \"query\": " + line + ":" + column + ": parse error: " + what);
    }
}
