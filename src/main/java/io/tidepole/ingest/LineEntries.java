package io.tidepole.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Reads Influx line protocol: {@code measurement,tag=value field=1,other=2i 1760000000000000000}.
 *
 * <p>A line that cannot be read costs only itself. Texts cannot be drawn: they are skipped and counted.
 */
final class LineEntries implements Entries {
    /** A line that cannot be read. */
    private static final class BadLineException extends Exception {
        private static final long serialVersionUID = 1L;

        BadLineException(String message) {
            super(message, null, false, false);
        }
    }

    private static final byte[] SENSORS = "sensors".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VALUE = "value".getBytes(StandardCharsets.US_ASCII);

    private final byte[] body;
    private final Precision precision;
    private final int maxLineBytes;
    private final Runnable skipped;
    private final Decimal decimal = new Decimal();
    private int at;
    private int lineEnds;
    private String measurement = "";
    private boolean bare;

    /**
     * @param skipped is told of each field that is a text
     */
    LineEntries(byte[] body, Precision precision, int maxLineBytes, Runnable skipped) {
        this.body = body;
        this.precision = precision;
        this.maxLineBytes = maxLineBytes;
        this.skipped = skipped;
    }

    @Override
    public boolean next(Entry entry) {
        while (true) {
            entry.clear();
            int start = nextLine();
            if (start < 0) {
                return false;
            }
            entry.position(lineEnds + 1);
            try {
                line(entry);
            } catch (BadLineException bad) {
                entry.reject(Refusal.BAD_LINE, String.valueOf(bad.getMessage()));
            }
            skipLine();
            if (at - start > maxLineBytes) {
                entry.reject(Refusal.LINE_TOO_LONG, "a line has at most " + maxLineBytes + " bytes");
            }
            if (entry.isBad() || entry.size() > 0 || !entry.problems().isEmpty()) {
                return true;
            }
        }
    }

    /** Where the next line with anything in it starts, or -1. */
    private int nextLine() {
        while (at < body.length) {
            byte first = body[at];
            if (first == '#') {
                skipLine();
            } else if (first == '\n' || first == '\r' || first == ' ' || first == '\t') {
                lineEnds += first == '\n' ? 1 : 0;
                at++;
            } else {
                return at;
            }
        }
        return -1;
    }

    private void skipLine() {
        while (at < body.length && body[at] != '\n') {
            at++;
        }
    }

    private byte peek() {
        return at < body.length ? body[at] : (byte) '\n';
    }

    private boolean atEndOfLine() {
        byte next = peek();
        return next == '\n' || next == '\r';
    }

    private void line(Entry entry) throws BadLineException {
        head(entry);
        if (peek() != ' ') {
            throw new BadLineException("missing fields");
        }
        skipSpaces();
        do {
            field(entry);
        } while (take(','));
        skipSpaces();
        if (!atEndOfLine()) {
            stamp(entry);
            skipSpaces();
            if (!atEndOfLine()) {
                throw new BadLineException("there is more after the timestamp");
            }
        }
    }

    private void head(Entry entry) throws BadLineException {
        int start = at;
        measurement = token(false);
        bare = matches(start, SENSORS);
        while (take(',')) {
            String key = token(true);
            if (!take('=') || key.isEmpty()) {
                throw new BadLineException("a tag is name=value");
            }
            String value = token(true);
            if (value.isEmpty()) {
                throw new BadLineException("tag " + key + " has no value");
            }
            entry.label(key, value);
        }
        if (measurement.isEmpty()) {
            throw new BadLineException("missing measurement");
        }
    }

    private boolean matches(int start, byte[] word) {
        return at - start == word.length && java.util.Arrays.equals(body, start, at, word, 0, word.length);
    }

    private boolean take(char expected) {
        if (at < body.length && body[at] == expected) {
            at++;
            return true;
        }
        return false;
    }

    private void skipSpaces() {
        while (at < body.length && body[at] == ' ') {
            at++;
        }
    }

    /** A name or a tag's value, up to what ends it; a backslash keeps a comma, a space or an equals sign. */
    private String token(boolean endsAtEquals) {
        int start = at;
        boolean escaped = false;
        while (at < body.length) {
            byte c = body[at];
            if (c == '\\' && at + 1 < body.length && isSpecial(body[at + 1])) {
                escaped = true;
                at += 2;
                continue;
            }
            if (c == ',' || c == ' ' || c == '\n' || c == '\r' || (c == '=' && endsAtEquals)) {
                break;
            }
            at++;
        }
        String text = new String(body, start, at - start, StandardCharsets.UTF_8);
        return escaped ? unescaped(text) : text;
    }

    private static boolean isSpecial(byte c) {
        return c == ',' || c == ' ' || c == '=';
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() && isSpecial((byte) text.charAt(i + 1));
            plain.append(escape ? text.charAt(++i) : c);
        }
        return plain.toString();
    }

    private void field(Entry entry) throws BadLineException {
        int start = at;
        String key = token(true);
        boolean value = matches(start, VALUE);
        if (!take('=') || key.isEmpty()) {
            throw new BadLineException("a field is name=value");
        }
        if (peek() == '"') {
            skipText();
            skipped.run();
        } else {
            double number = value(key);
            entry.measure(value ? measurement : bare ? key : measurement + '_' + key, number);
        }
    }

    /** A text may go on over line ends, but not for longer than a line may be. */
    private void skipText() throws BadLineException {
        int scan = at + 1;
        int ends = 0;
        while (scan < body.length && scan - at <= maxLineBytes && body[scan] != '"') {
            ends += body[scan] == '\n' ? 1 : 0;
            scan += body[scan] == '\\' ? 2 : 1;
        }
        if (scan >= body.length || body[scan] != '"') {
            throw new BadLineException("a text is not closed");
        }
        at = scan + 1;
        lineEnds += ends;
    }

    private double value(String key) throws BadLineException {
        int start = at;
        while (at < body.length && body[at] != ',' && body[at] != ' ' && !atEndOfLine()) {
            at++;
        }
        int end = at;
        if (start < end) {
            byte last = body[end - 1];
            boolean whole = last == 'i' || last == 'u';
            if (decimal.read(body, start, whole ? end - 1 : end) && (!whole || decimal.isWhole())) {
                return decimal.value();
            }
            int flag = flag(start, end);
            if (flag >= 0) {
                return flag;
            }
        }
        throw new BadLineException("field " + key + " is not a number, a boolean or a text in quotes");
    }

    /** 1 or 0, or -1 for what is not a boolean. */
    private int flag(int start, int end) {
        if (end - start > 5) {
            return -1;
        }
        return switch (new String(body, start, end - start, StandardCharsets.US_ASCII)) {
            case "t", "T", "true", "True", "TRUE" -> 1;
            case "f", "F", "false", "False", "FALSE" -> 0;
            default -> -1;
        };
    }

    private void stamp(Entry entry) throws BadLineException {
        boolean negative = take('-');
        long stamp = 0;
        int start = at;
        while (at < body.length && body[at] >= '0' && body[at] <= '9' && at - start < 19) {
            stamp = stamp * 10 + (body[at++] - '0');
        }
        try {
            if (at == start || stamp < 0) {
                throw new ArithmeticException();
            }
            entry.stamp(precision.micros(negative ? -stamp : stamp));
        } catch (ArithmeticException outOfRange) {
            throw new BadLineException("bad timestamp");
        }
    }
}
