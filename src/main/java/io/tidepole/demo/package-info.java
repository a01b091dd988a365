/** A client for demonstrations and tests: it sends what a simulated plant or a recording says, as devices would. */
@NullMarked
package io.tidepole.demo;

import org.jspecify.annotations.NullMarked;
