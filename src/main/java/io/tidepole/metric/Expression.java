package io.tidepole.metric;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions of strangers. The engine takes time in proportion to the length of a text, but also to the size
 * of the expression with its repetitions written out, and it recurses into that.
 */
final class Expression {
    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_COPIES = 10_000;
    private static final int MAX_PROGRAM = 2_000;
    private static final Pattern REPETITION = Pattern.compile("\\{(\\d+)(?:,(\\d*))?\\}");

    private Expression() {}

    /** Throws PatternSyntaxException if it is none, or too large. */
    static Pattern compile(String text) {
        if (text.length() > MAX_LENGTH || copies(text) > MAX_COPIES) {
            throw tooLarge();
        }
        Pattern pattern = Pattern.compile(text, Pattern.DOTALL);
        if (pattern.programSize() > MAX_PROGRAM) {
            throw tooLarge();
        }
        return pattern;
    }

    /** How often a part is written out at most, if all repetitions stood within each other. */
    private static double copies(String text) {
        double copies = 1;
        Matcher found = REPETITION.matcher(text);
        while (found.find()) {
            String most = found.group(2);
            copies *= Math.max(1, Double.parseDouble(most == null || most.isEmpty() ? found.group(1) : most));
        }
        return copies;
    }

    private static PatternSyntaxException tooLarge() {
        return new PatternSyntaxException("the expression is too large");
    }
}
