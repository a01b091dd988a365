package io.tidepole.host;

/** A sum and a maximum of what is known; not known (NaN) if nothing was. */
final class Total {
    private double sum = Double.NaN;
    private double max = Double.NaN;

    void add(double value) {
        if (Double.isNaN(value)) {
            return;
        }
        sum = Double.isNaN(sum) ? value : sum + value;
        max = Double.isNaN(max) ? value : Math.max(max, value);
    }

    double sum() {
        return sum;
    }

    double max() {
        return max;
    }
}
