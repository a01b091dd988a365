/** The load tool: many viewers, a feed of readings, and the figures that tell how big a machine must be. */
@NullMarked
package io.tidepole.bench;

import org.jspecify.annotations.NullMarked;
