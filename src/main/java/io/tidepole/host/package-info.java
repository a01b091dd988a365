/** Samples this machine: CPU, memory, disks, network, processes. */
@NullMarked
package io.tidepole.host;

import org.jspecify.annotations.NullMarked;
