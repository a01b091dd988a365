package io.tidepole.config;

/** Text from outside, made fit for a line of a report: short, and without control characters. */
public final class Quoted {
    private static final int MAX_LENGTH = 60;
    private static final int MAX_LINE_LENGTH = 200;

    private Quoted() {}

    /** The text in quotes. */
    public static String of(String text) {
        return "'" + bare(text) + "'";
    }

    /** The text without quotes, for names and numbers. */
    public static String bare(String text) {
        return safe(text, MAX_LENGTH);
    }

    /** A sentence that may repeat text from outside. */
    public static String line(String text) {
        return safe(text, MAX_LINE_LENGTH);
    }

    private static String safe(String text, int maxLength) {
        StringBuilder safe = new StringBuilder();
        text.codePoints()
                .limit(maxLength)
                .map(point -> isPrintable(point) ? point : '?')
                .forEach(safe::appendCodePoint);
        return text.codePointCount(0, text.length()) > maxLength ? safe + "..." : safe.toString();
    }

    /** Neither controls nor formats (which can turn the direction of a line) nor broken surrogates. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
