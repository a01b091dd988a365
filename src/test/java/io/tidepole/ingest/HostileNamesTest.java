package io.tidepole.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names that somebody makes up leave honest devices alone. With -Dtidepole.hostile=10000000 it takes minutes. */
final class HostileNamesTest {
    private static final int NAMES = Integer.getInteger("tidepole.hostile", 200_000);
    private static final int LINES = 1_000;

    private static long heapBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static Receipt send(Desk desk, String address, String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        LineEntries entries = new LineEntries(bytes, Precision.byName("ns").orElseThrow(), 65_536, () -> {});
        Submission submission = desk.intake.open(Sender.at(address), 16);
        Entry entry = new Entry();
        while (entries.next(entry)) {
            submission.take(entry);
        }
        return submission.commit().result();
    }

    @Test
    void honestDevice_goesOn_whileOthersMakeUpNames() {
        Desk desk = new Desk("limits.series", "10000", "limits.device_series", "100");
        assertThat(send(desk, "10.0.0.1", "sensors,device=honest temperature=21")
                        .accepted())
                .isEqualTo(1);
        long before = heapBytes();

        for (int from = 0; from < NAMES; from += LINES) {
            StringBuilder lines = new StringBuilder();
            for (int i = from; i < from + LINES; i++) {
                switch (i % 3) {
                    case 0 -> lines.append("made_up_").append(i).append(",device=hostile v=1\n");
                    case 1 -> lines.append("m,device=hostile-").append(i).append(" v=1\n");
                    default ->
                        lines.append("m,device=hostile,label=x").append(i).append(" v=1\n");
                }
            }
            send(desk, "10.0.0.66", lines.toString());
            desk.batches.clear();
        }

        assertThat(desk.intake.figures().series()).isLessThanOrEqualTo(10_000);
        assertThat(desk.intake.figures().devices()).isLessThanOrEqualTo(10_001);
        assertThat(desk.intake.figures().refused()).containsKey("too_many_series");
        assertThat(send(desk, "10.0.0.1", "sensors,device=honest temperature=22")
                        .accepted())
                .isEqualTo(1);
        assertThat(heapBytes() - before).isLessThan(64L << 20);
    }
}
