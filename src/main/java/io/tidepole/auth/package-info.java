/** Who is there, and what they may read and write. */
@NullMarked
package io.tidepole.auth;

import org.jspecify.annotations.NullMarked;
