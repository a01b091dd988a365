package io.tidepole.window;

import io.tidepole.metric.Descriptor;

/**
 * A series that is known to this node.
 *
 * @param index dense, counted from 0 in order of appearance; never used again in this run
 * @param descriptor its identity, unit and kind
 */
public record Series(int index, Descriptor descriptor) {}
