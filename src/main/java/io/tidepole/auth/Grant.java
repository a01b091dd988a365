package io.tidepole.auth;

/**
 * What somebody may do.
 *
 * @param read which series
 * @param write readings of which devices
 * @param edit dashboards and annotations
 * @param admin everything; the others follow from it
 */
public record Grant(ReadRights read, WriteRights write, boolean edit, boolean admin) {
    /** Nothing. */
    public static final Grant NONE = new Grant(ReadRights.NONE, WriteRights.NONE, false, false);

    /** Everything. */
    public static final Grant ALL = new Grant(ReadRights.ALL, WriteRights.ALL, true, true);

    public Grant {
        read = admin ? ReadRights.ALL : read;
        write = admin ? WriteRights.ALL : write;
        edit = edit || admin;
    }

    /** What either allows. */
    Grant or(Grant other) {
        return new Grant(read.or(other.read), write.or(other.write), edit || other.edit, admin || other.admin);
    }
}
