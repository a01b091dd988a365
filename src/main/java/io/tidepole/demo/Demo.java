package io.tidepole.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Sends readings of a plant that does not exist, or of a recording, through the doors that real devices use. */
public final class Demo {
    private static final long TOLD_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** One that is later than this goes on from now, rather than send all that it missed. */
    private static final long MOST_BEHIND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final int USUAL_DEVICES = 12;

    private final DemoOptions options;
    private final Origin origin;
    private final PrintStream out;
    private long sent;
    private long lost;
    private long toldSent;
    private boolean isBehind;
    private String trouble = "";

    private Demo(DemoOptions options, Origin origin, PrintStream out) {
        this.options = options;
        this.origin = origin;
        this.out = out;
    }

    /** Runs until it is done or interrupted; returns the exit code. */
    public static int run(List<String> words, PrintStream out) throws InterruptedException {
        if (words.contains("--help")) {
            out.println(DemoOptions.HELP);
            return 0;
        }
        try {
            DemoOptions options = DemoOptions.parse(words);
            Origin origin = origin(options);
            try (Door door = door(options)) {
                return new Demo(options, origin, out).run(door);
            }
        } catch (IllegalArgumentException bad) {
            out.println(bad.getMessage());
            out.println("demo --help tells what there is");
            return 2;
        }
    }

    private static Origin origin(DemoOptions options) {
        if (options.file().isEmpty()) {
            return new Plant(options.devices() == 0 ? USUAL_DEVICES : options.devices());
        }
        Path file = options.file().get();
        try {
            String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
            return Recording.of(
                    name, Table.read(file), options.deviceColumn(), options.measures(), Math.max(1, options.devices()));
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException("--file=" + file + ": " + bad.getMessage(), bad);
        }
    }

    private static Door door(DemoOptions options) {
        String token = options.tokenFile().map(Demo::token).orElse("");
        return switch (options.way()) {
            case JSON -> new RequestDoor(options.server(), Format.JSON, token);
            case NDJSON -> new RequestDoor(options.server(), Format.NDJSON, token);
            case LINES -> new RequestDoor(options.server(), Format.LINES, token);
            case OTLP -> new RequestDoor(options.server(), Format.OTLP, token);
            case WEBSOCKET -> new SocketDoor(options.server(), token);
            case MQTT -> new MqttDoor(options.server(), token);
        };
    }

    private static String token(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("--token-file=" + file + ": it cannot be read", unreadable);
        }
    }

    private int run(Door door) throws InterruptedException {
        out.println(origin.name() + ": " + origin.devices()
                + (origin.devices() == 1 ? " device sends " : " devices send ") + shown(options.perSecond())
                + " times a second each, to " + options.server() + ". Stop with Ctrl-C.");
        long beatNanos = Math.round(1e9 / options.perSecond());
        long beats = options.seconds() == 0 ? Long.MAX_VALUE : Math.round(options.seconds() * options.perSecond());
        long startNanos = System.nanoTime();
        long dueNanos = startNanos;
        long tellNanos = startNanos + TOLD_EVERY_NANOS;
        for (long beat = 0; beat < beats; beat++, dueNanos += beatNanos) {
            long behindNanos = System.nanoTime() - dueNanos;
            if (behindNanos < 0) {
                TimeUnit.NANOSECONDS.sleep(-behindNanos);
            } else if (behindNanos > MOST_BEHIND_NANOS) {
                dueNanos += behindNanos;
                isBehind = true;
            }
            send(door, (dueNanos - startNanos) / 1e9);
            if (System.nanoTime() >= tellNanos) {
                tell(System.nanoTime() - tellNanos + TOLD_EVERY_NANOS);
                tellNanos = System.nanoTime() + TOLD_EVERY_NANOS;
            }
        }
        tell(System.nanoTime() - tellNanos + TOLD_EVERY_NANOS);
        return sent > 0 ? 0 : 1;
    }

    private void send(Door door, double seconds) throws InterruptedException {
        List<Sample> samples = origin.at(seconds);
        if (samples.isEmpty()) {
            return;
        }
        try {
            Door.Outcome outcome = door.send(samples);
            sent += outcome.accepted();
            lost += samples.size() - outcome.accepted();
            trouble = outcome.trouble();
        } catch (IOException unreachable) {
            lost += samples.size();
            trouble = "the server cannot be reached: " + unreachable.getMessage();
        }
    }

    /** One line of how it goes; what went wrong last is told as long as it does. */
    private void tell(long spanNanos) {
        double perSecond = spanNanos > 0 ? (sent - toldSent) * 1e9 / spanNanos : 0;
        out.println(sent + " taken, " + shown(perSecond) + "/s"
                + (lost > 0 ? ", " + lost + " not taken" : "")
                + (isBehind ? ", slower than asked for" : "")
                + (trouble.isEmpty() ? "" : "; " + trouble));
        toldSent = sent;
        isBehind = false;
    }

    private static String shown(double value) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.2f" : "%.0f", value);
    }
}
