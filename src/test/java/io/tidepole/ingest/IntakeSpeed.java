package io.tidepole.ingest;

import io.tidepole.bus.Backlog;
import io.tidepole.config.Config;
import io.tidepole.metric.DeviceLedger;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Measures parsing and admission, one thread, in processor time of that thread. Run it by hand. */
final class IntakeSpeed {
    private static final int LINES = 1_000;
    private static final int ROUNDS = 3_000;

    private IntakeSpeed() {}

    public static void main(String[] arguments) {
        for (int devices : new int[] {100, 10_000}) {
            measure("json 1 measure, " + devices + " devices", devices, IntakeSpeed::json, 1);
            measure("json 2 measures, " + devices + " devices", devices, IntakeSpeed::jsonTwo, 2);
            measure("lines 1 field, " + devices + " devices", devices, IntakeSpeed::line, 1);
            measure("lines 2 fields, " + devices + " devices", devices, IntakeSpeed::lineTwo, 2);
        }
    }

    private static String json(int device) {
        return "{\"deviceId\":\"sensor-" + device + "\",\"temperature\":21." + device % 97 + "}\n";
    }

    private static String jsonTwo(int device) {
        return "{\"type\":\"sensor.reading\",\"deviceId\":\"sensor-" + device + "\",\"temperature\":21." + device % 97
                + ",\"humidity\":44,\"timestamp\":1769860800000}\n";
    }

    private static String line(int device) {
        return "sensors,device=sensor-" + device + " temperature=21." + device % 97 + "\n";
    }

    private static String lineTwo(int device) {
        return "sensors,device=sensor-" + device + ",site=north temperature=21." + device % 97
                + ",humidity=44i 1769860800000000000\n";
    }

    private static void measure(String name, int devices, Function<Integer, String> writer, int measures) {
        Config config = Config.of(Map.of("limits.device_rate", "100000000", "limits.address_rate", "1000000000"));
        long[] out = new long[1];
        Intake intake = new Intake(
                config.ingest(),
                config.limits(),
                () -> Desk.NOON_MICROS,
                batch -> out[0] += batch.size(),
                new Backlog(Long.MAX_VALUE),
                Log.NONE,
                DeviceLedger.NONE,
                Authoriser.OPEN);
        byte[][] bodies = new byte[devices / LINES + 1][];
        int device = 0;
        for (int i = 0; i < bodies.length; i++) {
            StringBuilder text = new StringBuilder();
            for (int line = 0; line < LINES; line++) {
                text.append(writer.apply(device++ % devices));
            }
            bodies[i] = text.toString().getBytes(StandardCharsets.UTF_8);
        }
        boolean json = bodies[0][0] == '{';
        run(intake, bodies, json);
        long before = out[0];
        long started = cpuNanos();
        run(intake, bodies, json);
        double nanos = (double) (cpuNanos() - started);
        long readings = out[0] - before;
        Report.say(String.format(
                Locale.ROOT,
                "%-32s %6.0f ns a reading, %9.0f readings/s (%d a line)",
                name,
                nanos / (double) readings,
                (double) readings * 1e9 / nanos,
                measures));
    }

    private static void run(Intake intake, byte[][] bodies, boolean json) {
        Entry entry = new Entry();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] body = bodies[round % bodies.length];
            Submission submission = intake.open(Sender.at("127.0.0.1"), LINES);
            try (Entries entries = json
                    ? new JsonEntries(body, 0, body.length)
                    : new LineEntries(body, Precision.NANOSECONDS, 65_536, () -> {})) {
                while (entries.next(entry)) {
                    submission.take(entry);
                }
            }
            submission.commit();
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** The one place that writes to the terminal. */
    private static final class Report {
        private static void say(String line) {
            new java.io.PrintStream(
                            new java.io.FileOutputStream(java.io.FileDescriptor.out), true, StandardCharsets.UTF_8)
                    .println(line);
        }
    }
}
