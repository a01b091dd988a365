package io.tidepole.window;

import io.tidepole.metric.Descriptor;
import io.tidepole.metric.SeriesKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Labels to aggregate by: all series of one metric, unit and kind that have the same values of these labels make one
 * group. A series without one of them counts as having it empty; without any labels here, all make one group.
 *
 * @param labels their names, sorted, at most {@value #MAX_LABELS}
 */
public record By(List<String> labels) {
    public static final int MAX_LABELS = 8;

    public By {
        labels = labels.stream().distinct().sorted().toList();
        if (labels.size() > MAX_LABELS) {
            throw new IllegalArgumentException("by has at most " + MAX_LABELS + " labels");
        }
    }

    /** The group that a series belongs to, as a series of its own: the metric, and these labels alone. */
    public Descriptor group(Descriptor member) {
        Map<String, String> kept = new HashMap<>();
        for (String label : labels) {
            kept.put(label, member.key().label(label));
        }
        return new Descriptor(SeriesKey.of(member.key().metric(), kept), member.unit(), member.kind());
    }
}
