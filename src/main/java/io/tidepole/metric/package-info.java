/** The vocabulary: what arrived, of which series, in which unit, and how series are chosen. */
@NullMarked
package io.tidepole.metric;

import org.jspecify.annotations.NullMarked;
