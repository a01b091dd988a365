package io.tidepole.dashboard;

import java.util.List;

/** What became of a change. */
public sealed interface Outcome {
    /** It is on disk. */
    record Saved(StoredDashboard dashboard, boolean created) implements Outcome {}

    /** The file is gone. */
    record Deleted() implements Outcome {}

    /**
     * Nothing was changed.
     *
     * @param problems what is wrong with the dashboard, for {@link Reason#INVALID}
     */
    record Refused(Reason reason, String message, List<Problem> problems) implements Outcome {
        public Refused {
            problems = List.copyOf(problems);
        }

        Refused(Reason reason, String message) {
            this(reason, message, List.of());
        }
    }

    /** Why a change was refused. */
    enum Reason {
        NOT_EDITABLE,
        BAD_NAME,
        NOT_FOUND,
        CHANGED,
        TOO_LARGE,
        TOO_MANY,
        INVALID,
        STORAGE
    }
}
