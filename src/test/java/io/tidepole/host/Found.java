package io.tidepole.host;

import io.tidepole.metric.ReadingBatch;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a probe found, by series without the host's name: {@code cpu_core_usage core=1}. */
final class Found {
    static final HostSeries SERIES = new HostSeries("quay-01");

    private Found() {}

    static Map<String, Double> by(Probe probe, long nanos) {
        Sample sample = new Sample();
        try {
            probe.measure(nanos, sample);
        } catch (IOException problem) {
            throw new AssertionError(problem);
        }
        return in(sample.drain(1));
    }

    static Map<String, Double> in(ReadingBatch batch) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < batch.size(); i++) {
            StringBuilder name = new StringBuilder(batch.series(i).key().metric());
            batch.series(i).key().labels().forEach((label, value) -> {
                if (!label.equals("host")) {
                    name.append(' ').append(label).append('=').append(value);
                }
            });
            values.put(name.toString(), batch.value(i));
        }
        return values;
    }
}
