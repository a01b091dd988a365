package io.tidepole.push;

/** How a viewer wants its updates. */
enum Shape {
    /** One message for each series: subprotocol {@code metrics.v1}, and the default. */
    FLAT("metrics.v1"),
    /** One message for each tick: subprotocol {@code metrics.v1.columns}. */
    COLUMNS("metrics.v1.columns");

    final String subprotocol;

    Shape(String subprotocol) {
        this.subprotocol = subprotocol;
    }
}
