package io.tidepole.config;

import java.time.Duration;

/**
 * Readings from outside.
 *
 * @param maxSkew how far ahead of our clock the stamp of a reading may be
 * @param maxAge how old a reading may be
 * @param maxWaitingBytes of bodies that are held at a time, over all senders
 * @param maxBacklog readings that were taken and are not in their windows yet
 * @param units of metrics whose senders give none
 */
public record IngestConfig(Duration maxSkew, Duration maxAge, long maxWaitingBytes, int maxBacklog, UnitTable units) {
    public IngestConfig {
        Keys.INGEST_MAX_SKEW.require(maxSkew);
        Keys.INGEST_MAX_AGE.require(maxAge);
        Keys.INGEST_MAX_WAITING.require(maxWaitingBytes);
        Keys.INGEST_MAX_BACKLOG.require(maxBacklog);
    }

    static IngestConfig from(Values values) {
        return new IngestConfig(
                values.get(Keys.INGEST_MAX_SKEW),
                values.get(Keys.INGEST_MAX_AGE),
                values.get(Keys.INGEST_MAX_WAITING),
                values.get(Keys.INGEST_MAX_BACKLOG),
                values.get(Keys.INGEST_UNITS));
    }
}
