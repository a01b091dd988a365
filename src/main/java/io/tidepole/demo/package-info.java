/** A plant that does not exist, for demonstrations: it sends readings to a server as devices would. */
@NullMarked
package io.tidepole.demo;

import org.jspecify.annotations.NullMarked;
