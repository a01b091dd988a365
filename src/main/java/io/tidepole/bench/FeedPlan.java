package io.tidepole.bench;

import java.util.Random;

/**
 * What is fed, as a pure function of a reading's number: the value tells a receiver which reading it holds, and the
 * number tells when that was due. Nothing needs to be remembered, and a late sender cannot hide its lateness.
 *
 * @param perSecond readings a second, 0 for no feed
 * @param series series that the readings belong to, in turn
 * @param batch readings in one request
 * @param sensor values with two decimals that jump about, instead of a counter
 * @param payloadBytes the least size of one reading as a flat message
 */
record FeedPlan(double perSecond, int series, int batch, boolean sensor, int payloadBytes) {
    /** What a flat message takes beside the padding: found by counting, and on the short side. */
    private static final int BARE_MESSAGE_BYTES = 110;

    /** What a door takes as the value of one label. */
    private static final int LABEL_CHARACTERS = 250;

    /** The metric that all fed readings belong to. */
    static final String METRIC = "bench";

    /** What the names of all fed devices start with; the number of the series follows. */
    static final String DEVICE_PREFIX = "bench-";

    /** The value of this reading; no two of one series that are near each other are equal. */
    double value(long number) {
        if (!sensor) {
            return number;
        }
        long round = number / series;
        long mixed = (number * 0x9E3779B97F4A7C15L) >>> 40;
        return (1500 + 700 * (number % series % 7) + mixed % 400 * 2 + (round & 1)) / 100.0;
    }

    /** The series of this reading. */
    int seriesOf(long number) {
        return (int) (number % series);
    }

    /**
     * Which of so many connections carries the request that begins with this reading: always the same one for each
     * series, so only one where a series is not at the same place in every batch.
     */
    int connectionOf(long first, int connections) {
        return series % batch == 0 ? seriesOf(first) / batch % connections : 0;
    }

    /** When this reading is due, in nanoseconds after the first. */
    long dueNanos(long number) {
        long request = number / batch;
        return (long) (request * (batch * 1e9 / perSecond));
    }

    /** The number of readings that are due this long after the first. */
    long dueAt(long nanos) {
        return nanos < 0 ? 0 : ((long) (nanos / (batch * 1e9 / perSecond)) + 1) * batch;
    }

    /** Labels that fill a message up, as JSON fields: text that does not deflate well by itself. */
    String padding() {
        Random random = new Random(payloadBytes);
        StringBuilder fields = new StringBuilder();
        int missing = payloadBytes - BARE_MESSAGE_BYTES;
        for (int label = 1; missing > 0; label++) {
            fields.append(",\"pad").append(label).append("\":\"");
            int length = Math.min(missing, LABEL_CHARACTERS);
            random.ints(length, 'a', 'z' + 1).forEach(letter -> fields.append((char) letter));
            fields.append('"');
            missing -= length;
        }
        return fields.toString();
    }
}
