/** Figures about ourselves. */
@NullMarked
package io.tidepole.telemetry;

import org.jspecify.annotations.NullMarked;
