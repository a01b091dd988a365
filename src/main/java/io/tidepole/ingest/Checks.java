package io.tidepole.ingest;

import io.tidepole.config.LimitsConfig;

/** What can be said of an entry without knowing any other. */
final class Checks {
    private static final int MAX_DEVICE = 200;

    private Checks() {}

    static void check(Entry entry, LimitsConfig limits) {
        if (entry.device().length() > MAX_DEVICE || Naming.hasControl(entry.device())) {
            entry.reject(Refusal.BAD_DEVICE, "a device's name has at most " + MAX_DEVICE + " printable characters");
        } else if (entry.size() == 0 && entry.problems().isEmpty()) {
            entry.reject(Refusal.NO_MEASURE, "there is no number to take");
        } else if (entry.labels.size() > limits.labels()) {
            entry.reject(Refusal.TOO_MANY_LABELS, "at most " + limits.labels() + " labels");
        } else {
            checkLabels(entry, limits);
        }
    }

    private static void checkLabels(Entry entry, LimitsConfig limits) {
        for (int i = 0; i < entry.labels.size(); i++) {
            String name = entry.labels.name(i);
            String value = entry.labels.value(i);
            if (name.isEmpty() || name.length() > limits.nameLength() || name.startsWith("__")) {
                entry.reject(
                        Refusal.BAD_LABEL,
                        "a label's name has 1 to " + limits.nameLength() + " characters and no __ in front");
            } else if (value.length() > limits.labelLength() || Naming.hasControl(value)) {
                entry.reject(
                        Refusal.BAD_LABEL,
                        name + " has more than " + limits.labelLength()
                                + " characters, or some that cannot be printed");
            }
        }
    }
}
