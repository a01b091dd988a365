/** The past: a ring in memory with a budget in bytes, and its queries. */
@NullMarked
package io.tidepole.history;

import org.jspecify.annotations.NullMarked;
