package io.tidepole.config;

import java.time.Duration;

/**
 * Readings from outside.
 *
 * @param maxSkew how far ahead of our clock the stamp of a reading may be
 */
public record IngestConfig(Duration maxSkew) {
    public IngestConfig {
        Keys.INGEST_MAX_SKEW.require(maxSkew);
    }

    static IngestConfig from(Values values) {
        return new IngestConfig(values.get(Keys.INGEST_MAX_SKEW));
    }
}
