package io.tidepole.demo;

import java.util.List;

/** Where samples come from. */
interface Origin {
    /** What it is, for people. */
    String name();

    /** How many devices send. */
    int devices();

    /** What the devices say at this moment, counted from the start; those that are silent are left out. */
    List<Sample> at(double seconds);
}
