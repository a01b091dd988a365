/** Tidepole: start, stop and wiring. */
@NullMarked
package io.tidepole;

import org.jspecify.annotations.NullMarked;
