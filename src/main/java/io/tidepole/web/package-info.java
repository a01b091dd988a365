/** The HTTP server: routes, static files, headers. */
@NullMarked
package io.tidepole.web;

import org.jspecify.annotations.NullMarked;
