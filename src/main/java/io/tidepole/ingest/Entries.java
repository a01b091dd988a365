package io.tidepole.ingest;

/** What a body says, one entry after the other. */
interface Entries extends AutoCloseable {
    /** Reads the next entry, or what is wrong with it; false at the end, and then there is no entry. */
    boolean next(Entry entry);

    @Override
    default void close() {}
}
