/** The doors for readings, and the one intake behind them all. */
@NullMarked
package io.tidepole.ingest;

import org.jspecify.annotations.NullMarked;
