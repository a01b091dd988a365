package io.tidepole.ingest;

/** Reads decimal numbers. */
final class Numbers {
    private Numbers() {}

    /** Whether a text is a decimal number: {@code -21.8}, {@code 1e3}. */
    static boolean isNumber(String text) {
        int length = text.length();
        if (length == 0 || length > 32) {
            return false;
        }
        boolean digits = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            digits |= digit;
            boolean exponent = (c == 'e' || c == 'E') && digits;
            boolean sign = (c == '-' || c == '+') && (i == 0 || text.charAt(i - 1) == 'e' || text.charAt(i - 1) == 'E');
            if (!digit && !exponent && !sign && c != '.') {
                return false;
            }
        }
        return digits && isParsed(text);
    }

    private static boolean isParsed(String text) {
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException no) {
            return false;
        }
    }
}
