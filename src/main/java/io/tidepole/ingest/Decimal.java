package io.tidepole.ingest;

import java.nio.charset.StandardCharsets;

/**
 * Reads decimal numbers from bytes. Where a double holds digits and power of ten exactly, their quotient or product is
 * the nearest double (Clinger, How to Read Floating Point Numbers Accurately, 1990); the rest is left to the JDK.
 */
final class Decimal {
    private static final double[] POWERS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final int EXACT_DIGITS = 15;
    private static final int MAX_LENGTH = 64;

    private double value;
    private boolean whole;

    /** Reads all of the bytes; false if they are not one number. */
    boolean read(byte[] bytes, int start, int end) {
        int at = start;
        boolean negative = at < end && bytes[at] == '-';
        if (at < end && (negative || bytes[at] == '+')) {
            at++;
        }
        long digits = 0;
        int seen = 0;
        int decimals = -1;
        for (; at < end; at++) {
            byte c = bytes[at];
            if (c >= '0' && c <= '9' && seen < EXACT_DIGITS) {
                digits = digits * 10 + (c - '0');
                seen++;
                decimals += decimals < 0 ? 0 : 1;
            } else if (c == '.' && decimals < 0) {
                decimals = 0;
            } else {
                return readSlowly(bytes, start, end);
            }
        }
        double magnitude = decimals > 0 ? (double) digits / POWERS[decimals] : (double) digits;
        value = negative ? -magnitude : magnitude;
        whole = decimals < 0;
        return seen > 0;
    }

    private boolean readSlowly(byte[] bytes, int start, int end) {
        if (end - start > MAX_LENGTH) {
            return false;
        }
        String text = new String(bytes, start, end - start, StandardCharsets.US_ASCII);
        if (!Numbers.isNumber(text)) {
            return false;
        }
        value = Double.parseDouble(text);
        whole = text.chars().noneMatch(c -> c == '.' || c == 'e' || c == 'E');
        return true;
    }

    double value() {
        return value;
    }

    /** Whether there was neither a point nor an exponent. */
    boolean isWhole() {
        return whole;
    }
}
