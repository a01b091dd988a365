package io.tidepole.host;

import java.io.IOException;

/** Reads the words of a kernel text one after the other, without expressions: it is done for every sample. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this(text, 0);
    }

    /** Starts at an index of the text. */
    Words(String text, int from) {
        this.text = text;
        this.at = from;
    }

    boolean hasNext() {
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    String next() throws IOException {
        if (!hasNext()) {
            throw new IOException("this text is too short: " + text);
        }
        int from = at;
        while (at < text.length() && !isSpace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    /** The next word as a counter; unsigned 64-bit values stay what they are modulo 2^64. */
    long number() throws IOException {
        if (!hasNext()) {
            throw new IOException("this text is too short: " + text);
        }
        long number = 0;
        for (; at < text.length() && !isSpace(text.charAt(at)); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                throw new IOException("expected a number at column " + at + " of: " + text);
            }
            number = number * 10 + digit;
        }
        return number;
    }

    double decimal() throws IOException {
        String word = next();
        try {
            return Double.parseDouble(word);
        } catch (NumberFormatException notNumber) {
            throw new IOException("expected a number, not " + word, notNumber);
        }
    }

    Words skip(int words) throws IOException {
        for (int i = 0; i < words; i++) {
            if (!hasNext()) {
                throw new IOException("this text is too short: " + text);
            }
            while (at < text.length() && !isSpace(text.charAt(at))) {
                at++;
            }
        }
        return this;
    }

    private static boolean isSpace(char character) {
        return character == ' ' || character == '\t' || character == '\n';
    }
}
