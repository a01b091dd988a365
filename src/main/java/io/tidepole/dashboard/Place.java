package io.tidepole.dashboard;

/**
 * Where a panel stands on the grid of 12 columns.
 *
 * @param x columns from the left
 * @param y rows from the top
 * @param w width in columns
 * @param h height in rows
 */
record Place(int x, int y, int w, int h) {
    static final int COLUMNS = 12;
    static final int MAX_ROWS = 400;
    static final int MAX_HEIGHT = 40;

    Place {
        if (x < 0 || y < 0 || w < 1 || h < 1 || x + w > COLUMNS || y > MAX_ROWS || h > MAX_HEIGHT) {
            throw new IllegalArgumentException("not on the grid: " + x + ", " + y + ", " + w + ", " + h);
        }
    }

    boolean overlaps(Place other) {
        return x < other.x + other.w && other.x < x + w && y < other.y + other.h && other.y < y + h;
    }
}
