package io.tidepole.prometheus;

import io.tidepole.metric.Selector;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a query says, once it is read and its types are right. */
sealed interface Expression {
    /** Kinds of values. */
    enum Type {
        SCALAR("scalar"),
        VECTOR("instant vector"),
        RANGE("range vector");

        final String text;

        Type(String text) {
            this.text = text;
        }
    }

    Type type();

    /** A number for each time; of scalars alone. */
    default double[] scalars(Evaluator evaluator) {
        throw new IllegalStateException("no scalar");
    }

    /** Series; of instant vectors alone. */
    default List<Column> columns(Evaluator evaluator) {
        throw new IllegalStateException("no instant vector");
    }

    /** A number. */
    record Literal(double value) implements Expression {
        @Override
        public Type type() {
            return Type.SCALAR;
        }

        @Override
        public double[] scalars(Evaluator evaluator) {
            return evaluator.scalars(this);
        }
    }

    /**
     * Series by their newest sample.
     *
     * @param offsetMillis how far back of the time that is asked for
     */
    record Instant(Selector selector, long offsetMillis) implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /** Series by all samples of so long a time. */
    record Range(Selector selector, long rangeMillis, long offsetMillis) implements Expression {
        @Override
        public Type type() {
            return Type.RANGE;
        }
    }

    record Negation(Expression of) implements Expression {
        @Override
        public Type type() {
            return of.type();
        }

        @Override
        public double[] scalars(Evaluator evaluator) {
            return evaluator.scalars(this);
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /**
     * Two values and an operator between them.
     *
     * @param bool whether a comparison yields 0 or 1 rather than what it holds for
     * @param matching which series belong together
     */
    record Binary(Operator operator, boolean bool, Matching matching, Expression left, Expression right)
            implements Expression {
        @Override
        public Type type() {
            return left.type() == Type.SCALAR && right.type() == Type.SCALAR ? Type.SCALAR : Type.VECTOR;
        }

        @Override
        public double[] scalars(Evaluator evaluator) {
            return evaluator.scalars(this);
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /**
     * Which labels make two series belong together.
     *
     * @param on whether it is these labels, or all but these
     */
    record Matching(boolean on, Set<String> labels) {
        static final Matching ALL = new Matching(false, Set.of());
    }

    /**
     * Series taken together.
     *
     * @param parameter of those aggregations that have one
     * @param without whether the labels are those that go, or those that stay
     */
    record Aggregation(
            Aggregator aggregator, Optional<Expression> parameter, boolean without, Set<String> labels, Expression of)
            implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /** A function of the samples of a range. */
    record OverRange(RangeFunction function, Optional<Expression> parameter, Range of) implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /** A function of each value. */
    record OverValues(ValueFunction function, Expression of, List<Expression> parameters) implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }

    /** The time that is asked for, in seconds since the epoch. */
    record Time() implements Expression {
        @Override
        public Type type() {
            return Type.SCALAR;
        }

        @Override
        public double[] scalars(Evaluator evaluator) {
            return evaluator.scalars(this);
        }
    }

    /** The value of the only series, or NaN. */
    record ToScalar(Expression of) implements Expression {
        @Override
        public Type type() {
            return Type.SCALAR;
        }

        @Override
        public double[] scalars(Evaluator evaluator) {
            return evaluator.scalars(this);
        }
    }

    /** A number as a series without labels. */
    record ToVector(Expression of) implements Expression {
        @Override
        public Type type() {
            return Type.VECTOR;
        }

        @Override
        public List<Column> columns(Evaluator evaluator) {
            return evaluator.columns(this);
        }
    }
}
