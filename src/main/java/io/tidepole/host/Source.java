package io.tidepole.host;

import java.io.IOException;

/**
 * Where a probe gets its figures: this machine, or a text in a test.
 *
 * @param <T> the figures
 */
@FunctionalInterface
interface Source<T> {
    T read() throws IOException;
}
