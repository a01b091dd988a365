package io.tidepole.history;

/**
 * How it stands with the disk. Sums are since the start.
 *
 * @param state whether it can be written
 * @param bytes of all files
 * @param days that have a file
 * @param waiting readings that wait for their commit
 * @param unsealed samples that are in the log only
 * @param commits to the log
 * @param readings in these
 * @param unkept readings that could not be written
 * @param commitMillis what the newest commit took
 */
public record DiskFigures(
        DiskState state,
        long bytes,
        int days,
        int waiting,
        long unsealed,
        long commits,
        long readings,
        long unkept,
        double commitMillis) {
    static final DiskFigures OFF = new DiskFigures(DiskState.OFF, 0, 0, 0, 0, 0, 0, 0, 0);
}
