/** A read interface as that of Prometheus, so that tools which ask one can ask us; see {@code docs/prometheus.md}. */
@NullMarked
package io.tidepole.prometheus;

import org.jspecify.annotations.NullMarked;
