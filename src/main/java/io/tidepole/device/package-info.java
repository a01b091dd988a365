/** Who sends: last seen, cadence, skew, state and refusals. */
@NullMarked
package io.tidepole.device;

import org.jspecify.annotations.NullMarked;
