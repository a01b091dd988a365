/** Settings: records, loading from file, environment and arguments, and validation with every problem in one report. */
@NullMarked
package io.tidepole.config;

import org.jspecify.annotations.NullMarked;
