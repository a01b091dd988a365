package io.tidepole.telemetry;

/**
 * What the rooms have counted: sums since the start, except where said.
 *
 * @param viewers connected now
 * @param behind viewers that are behind now
 * @param mostHeldBytes that wait for the one viewer with most, now
 * @param groups of viewers now
 * @param series known now
 * @param deliveries updates written to viewers
 * @param deliveredBytes of those
 * @param connectionsEnded of viewers
 * @param catchUps sent to viewers that were behind
 * @param tooSlow viewers closed since they took nothing
 * @param dead viewers whose peer was gone
 * @param lateReadings that came too late for their window
 * @param duplicateReadings that came again with a stamp that was there already; the last one counts
 * @param doubtfulReadings that may have been there already, in windows with too many to tell; they count
 * @param refusedReadings of all doors
 * @param historyBytes held in memory now
 * @param disk what is kept on disk
 */
public record Counts(
        int viewers,
        int behind,
        long mostHeldBytes,
        int groups,
        int series,
        long deliveries,
        long deliveredBytes,
        long connectionsEnded,
        long catchUps,
        long tooSlow,
        long dead,
        long lateReadings,
        long duplicateReadings,
        long doubtfulReadings,
        long refusedReadings,
        long historyBytes,
        Disk disk) {
    /**
     * The past on disk.
     *
     * @param bytes of all files now
     * @param days that have a file now
     * @param waiting readings whose commit is to come, now
     * @param unsealed samples that are in the log alone, now
     * @param commits to the log
     * @param readings in these
     * @param unkept readings that could not be written
     * @param commitMillis what the newest commit took
     */
    public record Disk(
            long bytes,
            int days,
            int waiting,
            long unsealed,
            long commits,
            long readings,
            long unkept,
            double commitMillis) {}
}
