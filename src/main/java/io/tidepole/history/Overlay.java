package io.tidepole.history;

/** Hands on samples in order of time, with those of a run between them, or in their place where both have a time. */
final class Overlay implements Samples.Visitor {
    private final Columns run;
    private final Samples.Visitor visitor;
    private int next;

    Overlay(Columns run, Samples.Visitor visitor) {
        this.run = run;
        this.visitor = visitor;
    }

    @Override
    public void sample(long timeMicros, double value) {
        while (next < run.size() && run.time(next) < timeMicros) {
            visitor.sample(run.time(next), run.value(next++));
        }
        if (next < run.size() && run.time(next) == timeMicros) {
            visitor.sample(timeMicros, run.value(next++));
        } else {
            visitor.sample(timeMicros, value);
        }
    }

    /** Hands on what is left of the run. */
    void end() {
        while (next < run.size()) {
            visitor.sample(run.time(next), run.value(next++));
        }
    }
}
