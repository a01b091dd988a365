/** The present, to every viewer: groups, encoder, sessions, outbox. */
@NullMarked
package io.tidepole.push;

import org.jspecify.annotations.NullMarked;
