/** The wire: messages of the WebSocket conversation and their codec. See {@code docs/protocol.md}. */
@NullMarked
package io.tidepole.protocol;

import org.jspecify.annotations.NullMarked;
