/** Dashboards, which are files that people write and the page's editor too; and annotations. */
@NullMarked
package io.tidepole.dashboard;

import org.jspecify.annotations.NullMarked;
