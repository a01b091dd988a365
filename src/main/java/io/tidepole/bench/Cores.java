package io.tidepole.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How busy some processors are, whoever keeps them so ({@code /proc/stat}). */
final class Cores {
    private static final Path STAT = Path.of("/proc/stat");
    private static final int IDLE_FIELD = 3;
    private static final int WAITING_FIELD = 4;
    private static final int FIELDS = 8;

    /** Time since the start of the machine, in the kernel's ticks. */
    record Reading(long busy, long total) {
        /** From 0 to 1, since an earlier reading. */
        double busySince(Reading earlier) {
            long all = total - earlier.total;
            return all <= 0 ? 0 : (double) (busy - earlier.busy) / all;
        }
    }

    private final List<String> names;

    private Cores(List<String> names) {
        this.names = names;
    }

    /** Those of a list such as {@code 0,2-3}. */
    static Cores of(String list) {
        List<String> names = new ArrayList<>();
        for (String part : list.isEmpty() ? new String[0] : list.split(",")) {
            String[] ends = part.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) {
                names.add("cpu" + core);
            }
        }
        return new Cores(names);
    }

    int count() {
        return Math.max(1, names.size());
    }

    Reading read() {
        long busy = 0;
        long total = 0;
        if (Files.isReadable(STAT)) {
            for (String line : ServerProcess.read(STAT).lines().toList()) {
                String[] fields = line.split(" +");
                if (names.contains(fields[0])) {
                    for (int i = 0; i < FIELDS; i++) {
                        long ticks = Long.parseLong(fields[i + 1]);
                        total += ticks;
                        busy += i == IDLE_FIELD || i == WAITING_FIELD ? 0 : ticks;
                    }
                }
            }
        }
        return new Reading(busy, total);
    }
}
