/** Arithmetic over time: windows, aggregates and ticks. */
@NullMarked
package io.tidepole.window;

import org.jspecify.annotations.NullMarked;
