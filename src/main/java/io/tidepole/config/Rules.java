package io.tidepole.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What must hold between two keys. */
final class Rules {
    /** Processes are listed at ticks of the sampler. */
    static final AtLeast<Duration> PROCESS_INTERVAL = new AtLeast<>(Keys.HOST_PROCESS_INTERVAL, Keys.HOST_INTERVAL);

    /** A message of one frame must fit. */
    static final AtLeast<Long> MAX_MESSAGE = new AtLeast<>(Keys.WEBSOCKET_MAX_MESSAGE, Keys.WEBSOCKET_MAX_FRAME);

    /** A viewer gets fewer updates before it is closed. */
    static final AtLeast<Duration> CLOSE_AFTER = new AtLeast<>(Keys.PUSH_CLOSE_AFTER, Keys.PUSH_DEGRADE_AFTER);

    static final List<AtLeast<?>> ALL = List.of(PROCESS_INTERVAL, MAX_MESSAGE, CLOSE_AFTER);

    private Rules() {}

    /**
     * The value of one key is not less than that of another.
     *
     * @param larger the key at which a breach is reported
     * @param smaller the key that it is held against
     */
    record AtLeast<T extends Comparable<T>>(Key<T> larger, Key<T> smaller) {
        /** Throws IllegalArgumentException where a record is given values that break the rule. */
        void require(T largerValue, T smallerValue) {
            breach(largerValue, smallerValue).ifPresent(reason -> {
                throw new IllegalArgumentException(larger.name() + ": " + reason);
            });
        }

        private Optional<String> breach(T largerValue, T smallerValue) {
            return largerValue.compareTo(smallerValue) >= 0
                    ? Optional.empty()
                    : Optional.of(larger.kind().format(largerValue) + " is less than " + smaller.name() + ", "
                            + smaller.kind().format(smallerValue));
        }

        /** Reports a breach at the key that somebody gave, so at a line that can be mended. */
        void check(Values values, Report report) {
            if (!values.isRefused(larger) && !values.isRefused(smaller)) {
                breach(values.get(larger), values.get(smaller)).ifPresent(reason -> report(reason, values, report));
            }
        }

        private void report(String reason, Values values, Report report) {
            values.source(larger)
                    .ifPresentOrElse(
                            source -> report.add(source, reason),
                            () -> report.add(
                                    values.source(smaller).orElse(smaller.name()),
                                    larger.name() + " with its " + reason));
        }
    }
}
