package io.tidepole.history;

import java.sql.SQLException;
import java.util.Locale;

/** How it stands with the disk. */
public enum DiskState {
    /** Nothing is written, as the configuration says. */
    OFF("nothing is written"),
    /** The files are being opened. */
    OPENING("the files are being opened"),
    GOOD("it can be written"),
    FULL("the disk is full"),
    READ_ONLY("the folder cannot be written"),
    /** Another process has the folder. */
    TAKEN("another server uses the folder"),
    /** The disk is slower than readings come, and too many wait. */
    SLOW("the disk is too slow"),
    FAILED("the disk fails");

    private final String reason;

    DiskState(String reason) {
        this.reason = reason;
    }

    /** For people. */
    public String reason() {
        return reason;
    }

    /** The name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DiskState of(SQLException problem) {
        return switch (Sqlite.code(problem).code & 0xff) {
            case 13 -> FULL; // SQLITE_FULL
            case 3, 8, 14 -> READ_ONLY; // SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN
            default -> FAILED;
        };
    }
}
