package io.tidepole.dashboard;

import java.util.List;

/**
 * What someone says about a moment or a stretch of time.
 *
 * @param id of this annotation, never given again
 * @param timeMillis its moment, or where its stretch begins
 * @param timeEndMillis where its stretch ends; the same as {@code timeMillis} for a moment
 * @param text what it says
 * @param tags words to find it by
 */
public record Annotation(long id, long timeMillis, long timeEndMillis, String text, List<String> tags) {
    static final int MAX_TEXT = 500;
    static final int MAX_TAGS = 8;
    static final int MAX_TAG = 40;
    private static final long MAX_TIME_MILLIS = 1L << 53;

    public Annotation {
        tags = List.copyOf(tags);
        require(timeMillis >= 0 && timeMillis < MAX_TIME_MILLIS, "time is milliseconds since the epoch");
        require(
                timeEndMillis >= timeMillis && timeEndMillis < MAX_TIME_MILLIS,
                "timeEnd is milliseconds since the epoch, and not before time");
        require(!text.isBlank(), "text is missing");
        require(text.length() <= MAX_TEXT, "text has at most " + MAX_TEXT + " characters");
        require(tags.size() <= MAX_TAGS, "there are at most " + MAX_TAGS + " tags");
        for (String tag : tags) {
            require(!tag.isBlank() && tag.length() <= MAX_TAG, "a tag has 1 to " + MAX_TAG + " characters");
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** Whether some of it lies in [from, until]. */
    boolean touches(long fromMillis, long untilMillis) {
        return timeMillis <= untilMillis && timeEndMillis >= fromMillis;
    }
}
