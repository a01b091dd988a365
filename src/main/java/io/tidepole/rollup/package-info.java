/** Folds readings into windows and publishes a tick at each boundary. */
@NullMarked
package io.tidepole.rollup;

import org.jspecify.annotations.NullMarked;
