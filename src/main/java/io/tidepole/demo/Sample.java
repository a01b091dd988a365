package io.tidepole.demo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one device says at one moment.
 *
 * @param labels beside the device
 * @param values by measure, in order; finite, and at least one
 */
record Sample(String device, Map<String, String> labels, Map<String, Double> values) {
    Sample {
        labels = Map.copyOf(labels);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a sample without a value");
        }
    }
}
