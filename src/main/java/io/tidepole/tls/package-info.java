/** Certificates of the server, and who signs those of clients. */
@NullMarked
package io.tidepole.tls;

import org.jspecify.annotations.NullMarked;
