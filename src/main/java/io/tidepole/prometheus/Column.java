package io.tidepole.prometheus;

import java.util.BitSet;
import java.util.Map;

/**
 * One series over all times that are asked for.
 *
 * @param labels sorted, with the name of the metric as {@code __name__} where it has one
 * @param values one for each time
 * @param present the times at which there is one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record Column(Map<String, String> labels, double[] values, BitSet present) {
    static final String NAME = "__name__";

    Column(Map<String, String> labels, int times) {
        this(labels, new double[times], new BitSet(times));
    }

    void put(int index, double value) {
        values[index] = value;
        present.set(index);
    }

    /** What becomes of a value. */
    interface Change {
        double of(int index, double value);
    }

    /** The same with other values, and so without the name of its metric. */
    Column changed(Change change) {
        double[] others = new double[values.length];
        present.stream().forEach(index -> others[index] = change.of(index, values[index]));
        return new Column(Columns.unnamed(labels), others, present);
    }
}
