/** Typed addresses on the event bus. What crosses it is immutable and handed over uncopied. */
@NullMarked
package io.tidepole.bus;

import org.jspecify.annotations.NullMarked;
