package io.tidepole.host;

/**
 * The room in a file system, in bytes.
 *
 * @param mount where it is
 * @param size of all
 * @param free of all, with what is kept for the superuser
 * @param usable by others
 */
record FileSystemUse(String mount, double size, double free, double usable) {
    double used() {
        return size - free;
    }

    /** As df(1) has it: full is when others can write no more. */
    double usagePercent() {
        return 100 * used() / (used() + usable);
    }
}
