package io.tidepole.config;

import java.util.regex.Pattern;

/** Whole numbers as people write them. */
final class WholeNumbers {
    private static final Pattern SHAPE = Pattern.compile("-?[0-9]+");

    private WholeNumbers() {}

    /** The number; one that does not fit an int becomes the nearest that does, which no range allows. */
    static int parse(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not a whole number");
        }
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, saturated(text)));
    }

    /** The value of digits with an optional minus sign, held within the range of a long. */
    static long saturated(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            return digits.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
