package io.tidepole.host;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import io.tidepole.metric.Unit;
import java.util.Map;

/**
 * Makes the descriptors of this host's series. Probes keep what they get here: descriptors are made once, not at each
 * sample.
 *
 * @param host the value of the label that all of them carry
 */
record HostSeries(String host) {
    HostSeries {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("a host needs a name");
        }
    }

    Descriptor of(String metric, Unit unit) {
        return Descriptor.gauge(SeriesKey.of(metric, "host", host), unit);
    }

    Descriptor of(String metric, Unit unit, String label, String value) {
        return Descriptor.gauge(SeriesKey.of(metric, Map.of("host", host, label, value)), unit);
    }
}
