package io.tidepole.dashboard;

/** What must be so for a file to be written: two editors never overwrite each other unseen. */
public sealed interface Precondition {
    /** Nothing is there yet. */
    record Absent() implements Precondition {}

    /** What is there is what the editor began with. */
    record Unchanged(String etag) implements Precondition {}
}
