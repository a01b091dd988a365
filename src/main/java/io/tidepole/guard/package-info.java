/** Who may connect, how often it may ask, and how long it may take. */
@NullMarked
package io.tidepole.guard;

import org.jspecify.annotations.NullMarked;
